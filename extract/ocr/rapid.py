"""PP-OCRv6 with the weights that travel in rapidocr's wheel: nothing is downloaded, no network is needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import import_module, resources
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.ocr.detection import map_to_boxes, picture_to_input, picture_to_strips, seen_scale
from extract.ocr.engine import EMPTY, EngineError, Picture, Quadrilateral, Reading
from extract.ocr.per_mille import with_per_mille
from extract.ocr.recognition import (
    NARROW_WIDTH_PX,
    TRAINED_WIDTH_PX,
    is_blank,
    line_to_input,
    matrix_to_reading,
)

_RECOGNITION_FILE = "PP-OCRv6_rec_small.onnx"
_DETECTION_FILE = "PP-OCRv6_det_small.onnx"
_WEIGHTS_SHA256 = {
    _RECOGNITION_FILE: "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
    _DETECTION_FILE: "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
}
"""The weights that every measurement was made with, those of rapidocr 3.10: others are not loaded."""

_SURE_CONFIDENCE = 0.9
"""A narrow look that is at least so sure needs no second one."""

Network = Callable[[NDArray[np.float32]], NDArray[np.float32]]
"""A network: its input tensor becomes its output tensor."""


@dataclass(frozen=True, slots=True)
class RapidEngine:
    """The recogniser in onnxruntime, with `threads` processor threads a line; loads at first use."""

    threads: int = 1

    @property
    def name(self) -> str:
        return "onnxruntime"

    @property
    def version(self) -> str:
        return f"{self.name} {version(self.name)}, rapidocr {version('rapidocr')}, PP-OCRv6 {_weights()}"

    def read(self, lines: Sequence[Picture]) -> list[Reading]:
        """One reading for each picture; equal pictures are recognised once, blank ones not at all."""
        known: dict[tuple[tuple[int, ...], bytes], Reading] = {}
        readings = []
        for line in lines:
            pixels = (line.shape, line.tobytes())
            if pixels not in known:
                known[pixels] = EMPTY if is_blank(line) else self._read_line(line)
            readings.append(known[pixels])
        return readings

    def detect(self, picture: Picture) -> list[Quadrilateral]:
        """Where text lines stand in `picture`, from the top to the bottom."""
        scale = seen_scale(picture)
        boxes = []
        for rows in picture_to_strips(picture, scale):
            strip = picture[rows]
            found = _detector(self.threads)(picture_to_input(strip, scale))
            boxes += map_to_boxes(found[0, 0], strip.shape[1], strip.shape[0], rows.start)
        return boxes

    def _read_line(self, line: Picture) -> Reading:
        """A short line is looked at with little padding first, and as the network was trained where that is not sure."""
        network, alphabet = _recogniser(self.threads)
        narrow, filled = line_to_input(line, NARROW_WIDTH_PX)
        reading = matrix_to_reading(network(narrow)[0], alphabet, filled)
        if reading.confidence < _SURE_CONFIDENCE and narrow.shape[-1] < TRAINED_WIDTH_PX:
            trained, filled = line_to_input(line, TRAINED_WIDTH_PX)
            reading = matrix_to_reading(network(trained)[0], alphabet, filled)
        return with_per_mille(line, reading, filled)


def _model(name: str) -> Path:
    path = Path(str(resources.files("rapidocr"))) / "models" / name
    if not path.is_file():
        raise EngineError(
            f"文字识别模型 {name} 缺失：请重新安装 rapidocr（pip install --force-reinstall rapidocr）。"
        )
    if _digest(path) != _WEIGHTS_SHA256[name]:
        raise EngineError(
            f"文字识别模型 {name} 与本程序所用的不同或已损坏（SHA-256 {_digest(path)[:12]}），未使用："
            "请按 requirements-run.lock 重新安装 rapidocr（pip install --force-reinstall rapidocr）。"
        )
    return path


@cache
def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _weights() -> str:
    """What tells the weights apart: the beginning of their SHA-256."""
    return _digest(_model(_RECOGNITION_FILE))[:12]


@cache
def _recogniser(threads: int) -> tuple[Network, tuple[str, ...]]:
    """The network and the characters of its codes from 1; the space is the last.

    Its input is 1 × 3 × 48 × width, its output 1 × frames × codes: probabilities.
    """
    session = _session(_model(_RECOGNITION_FILE), threads)
    characters = session.get_modelmeta().custom_metadata_map["character"]
    return _runner(session), (*characters.splitlines(), " ")


@cache
def _detector(threads: int) -> Network:
    """Input 1 × 3 × height × width, output 1 × 1 × height × width: the probability that a pixel is text."""
    return _runner(_session(_model(_DETECTION_FILE), threads))


def _session(model: Path, threads: int) -> Any:
    onnxruntime = import_module("onnxruntime")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = (
        False  # one is kept for every width: memory grows with the lines, and no time is saved
    )
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def _runner(session: Any) -> Network:
    entry = session.get_inputs()[0].name

    def run(tensor: NDArray[np.float32]) -> NDArray[np.float32]:
        output: NDArray[np.float32] = session.run(None, {entry: tensor})[0]
        return output

    return run
