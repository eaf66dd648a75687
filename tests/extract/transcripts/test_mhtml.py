"""Web pages with their parts in one file."""

from __future__ import annotations

from base64 import encodebytes
from pathlib import Path

from extract.transcripts.mhtml import read_mhtml
from models.document import Document, TextLine
from models.grid import Grid

TABLE = "<html><body><table><tr><td>部门</td><td>审计局</td></tr></table></body></html>"


def read(folder: Path, *parts: tuple[str, bytes], head: str = "MIME-Version: 1.0\r\n") -> Document:
    """A file of `parts`, each with its content type and bytes."""
    body = b"".join(
        f"--b\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode()
        + encodebytes(data)
        for kind, data in parts
    )
    path = folder / "form.mht"
    path.write_bytes(
        f'{head}Content-Type: multipart/related; boundary="b"\r\n\r\n'.encode() + body + b"--b--\r\n"
    )
    return read_mhtml(path)


def texts(document: Document) -> list[str]:
    (grid,) = document.pieces
    assert isinstance(grid, Grid)
    return [cell.text for cell in grid.cells]


def test_table_of_a_page_is_a_grid(tmp_path: Path) -> None:
    assert texts(read(tmp_path, ("text/html", TABLE.encode()))) == ["部门", "审计局"]


def test_encoding_is_the_one_that_the_part_declares(tmp_path: Path) -> None:
    document = read(tmp_path, ('text/html; charset="gb2312"', TABLE.encode("gb18030")))
    assert (texts(document), document.problems) == (["部门", "审计局"], ())


def test_frames_around_the_sheet_are_no_text(tmp_path: Path) -> None:
    frame = b"<html><frameset><frame src=a.htm></frameset><body>x</body></html>"
    assert texts(read(tmp_path, ("text/html", frame), ("text/html", TABLE.encode()))) == ["部门", "审计局"]


def test_page_without_a_table_is_lines(tmp_path: Path) -> None:
    (line,) = read(tmp_path, ("text/html", "<p>年度目标</p>".encode())).pieces
    assert isinstance(line, TextLine) and line.text == "年度目标"


def test_file_without_a_page_is_damaged(tmp_path: Path) -> None:
    assert [p.code for p in read(tmp_path, ("image/png", b"x")).problems] == ["file-damaged"]
