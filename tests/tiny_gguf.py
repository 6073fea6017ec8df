"""A tiny llama with random weights, for a real llama.cpp server: `python tests/tiny_gguf.py FILE` (needs the package gguf)."""

import sys
from pathlib import Path

import gguf
import numpy as np

SIGNS, LAYERS, WIDTH, HIDDEN, HEADS = 94, 2, 64, 128, 4
UNKNOWN, CONTROL, BYTE, NORMAL = 2, 3, 6, 1
TEMPLATE = "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant:"


def write_model(path: Path) -> None:
    """Write the model; what it says is noise, the same every time."""
    random = np.random.default_rng(0)
    words = [b"<unk>", b"<s>", b"</s>", *(f"<0x{byte:02X}>".encode() for byte in range(256)), *(chr(33 + n).encode() for n in range(SIGNS))]
    kinds = [UNKNOWN, CONTROL, CONTROL, *[BYTE] * 256, *[NORMAL] * SIGNS]
    model = gguf.GGUFWriter(str(path), "llama")
    model.add_context_length(8192)
    model.add_embedding_length(WIDTH)
    model.add_block_count(LAYERS)
    model.add_feed_forward_length(HIDDEN)
    model.add_head_count(HEADS)
    model.add_head_count_kv(HEADS)
    model.add_layer_norm_rms_eps(1e-5)
    model.add_rope_dimension_count(WIDTH // HEADS)
    model.add_vocab_size(len(words))
    model.add_tokenizer_model("llama")
    model.add_tokenizer_pre("default")
    model.add_token_list(words)
    model.add_token_scores([0.0] * len(words))
    model.add_token_types(kinds)
    model.add_bos_token_id(1)
    model.add_eos_token_id(2)
    model.add_unk_token_id(0)
    model.add_chat_template(TEMPLATE)
    shapes = {"token_embd": (len(words), WIDTH), "output": (len(words), WIDTH)}
    for layer in range(LAYERS):
        shapes |= {f"blk.{layer}.attn_{part}": (WIDTH, WIDTH) for part in ("q", "k", "v", "output")}
        shapes |= {f"blk.{layer}.ffn_{part}": (HIDDEN, WIDTH) for part in ("gate", "up")} | {f"blk.{layer}.ffn_down": (WIDTH, HIDDEN)}
    for name, shape in shapes.items():
        model.add_tensor(f"{name}.weight", (random.standard_normal(shape) * 0.3).astype(np.float32))
    for name in ("output_norm", *(f"blk.{layer}.{part}_norm" for layer in range(LAYERS) for part in ("attn", "ffn"))):
        model.add_tensor(f"{name}.weight", np.ones(WIDTH, np.float32))
    model.write_header_to_file()
    model.write_kv_data_to_file()
    model.write_tensors_to_file()
    model.close()


if __name__ == "__main__":
    write_model(Path(sys.argv[1]))
