"""The pages of the chat window, one file a page."""
