"""The optional second reader: a language model behind an OpenAI-compatible address, asked one report at a time."""
