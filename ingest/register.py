"""Document to register: the targets, provisions and obligations found in its text, in either language."""

from collections import Counter

from ingest.provisions import Obligation, Provision, Strength, obligations_of, provision_of
from ingest.schema import Document, Record
from ingest.statements import Terms, statements
from ingest.targets import Target, targets_of


class Register(Record):
    """What a document aims at, provides and demands, in reading order; spans are sentences or table rows, in document offsets."""

    targets: tuple[Target, ...] = ()
    provisions: tuple[Provision, ...] = ()
    obligations: tuple[Obligation, ...] = ()

    def by_strength(self) -> dict[Strength, int]:
        """How many statements speak with each strength."""
        return dict(Counter(obligation.strength for obligation in self.obligations))


def find_register(document: Document, terms: Terms | None = None) -> Register:
    """The register of a document; `terms` (a Glossary) names indicators, instruments, sectors and places more exactly."""
    published = document.source.published or document.source.valid_from
    year = published.year if published else None
    found = list(statements(document))
    provided = [provision_of(statement, terms) for statement in found]
    return Register(
        targets=tuple(target for statement in found for target in targets_of(statement, year, terms)),
        provisions=tuple(provision for provision in provided if provision is not None),
        obligations=tuple(obligation for statement in found for obligation in obligations_of(statement)),
    )
