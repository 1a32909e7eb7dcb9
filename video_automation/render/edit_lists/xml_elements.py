"""Writes XML as text, from elements nested in code as in the document."""

from xml.etree.ElementTree import Element, indent, tostring


def element(tag: str, *inside: Element | str | int, **attributes: str) -> Element:
    """An element that holds other elements, or a text."""
    made = Element(tag, attributes)
    for part in inside:
        if isinstance(part, Element):
            made.append(part)
        else:
            made.text = str(part)
    return made


def xml_document(root: Element) -> str:
    """A whole XML document, indented."""
    indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE {root.tag}>\n{tostring(root, encoding="unicode")}\n'
