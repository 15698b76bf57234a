"""A light text as its paragraphs, each as it is written: what merging, comparing and the editor work on."""

from tonggui.measure.text import Block, parse


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a light text in one form, whatever line breaks and blanks they were written with."""
    return [source(block) for block in parse(text)]


def whole(blocks: list[str]) -> str:
    """The light text of paragraphs: an empty line between them."""
    return "\n\n".join(blocks)


def canonical(text: str) -> str:
    return whole(paragraphs(text))


def source(block: Block) -> str:
    """One block as it is written: a heading with its signs, a table line by line."""
    if block.rows:
        return "\n".join(f"| {' | '.join(''.join(map(str, cell)) for cell in row)} |" for row in block.rows)
    return f"{'#' * block.level} " * bool(block.level) + "".join(map(str, block.pieces))
