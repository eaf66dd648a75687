"""PP-OCRv6 with the weights that travel in rapidocr's wheel: nothing is downloaded, no network is needed."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import import_module, resources
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.engine import EMPTY, EngineError, Picture, Quadrilateral, Reading
from extract.ocr.network import is_blank, line_to_input, matrix_to_reading
from extract.ocr.vino import vino_network

RECOGNITION, DETECTION = "PP-OCRv6_rec_small.onnx", "PP-OCRv6_det_small.onnx"

MOST_SEEN = 2_000_000
"""Pixels in which lines are looked for: a whole page at 200 dpi has twice as many and would take a gigabyte."""

Runtime = Literal["onnxruntime", "openvino"]
Network = Callable[[NDArray[np.float32]], NDArray[np.float32]]
"""Input 1 × 3 × 48 × width, output 1 × frames × codes: probabilities."""


@dataclass(frozen=True, slots=True)
class RapidEngine:
    """The recogniser in one of two runtimes, with `threads` processor threads a line; loads at first use."""

    name: Runtime = "onnxruntime"
    threads: int = 1

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
        """Where text lines stand in `picture`, from the top to the bottom. The runtime is always onnxruntime."""
        scale = min(1.0, math.sqrt(MOST_SEEN / (picture.shape[0] * picture.shape[1])))
        small = picture if scale == 1.0 else cv2.resize(picture, None, fx=scale, fy=scale)
        found = _detector(self.threads)(small, use_det=True, use_cls=False, use_rec=False)
        boxes = () if found.boxes is None else found.boxes
        return [_corners(box / scale) for box in boxes]

    def _read_line(self, line: Picture) -> Reading:
        network, alphabet = _recogniser(self.name, self.threads)
        tensor, filled = line_to_input(line)
        return matrix_to_reading(network(tensor)[0], alphabet, filled)


def _model(name: str) -> Path:
    path = Path(str(resources.files("rapidocr"))) / "models" / name
    if not path.is_file():
        raise EngineError(
            f"文字识别模型 {name} 缺失：请重新安装 rapidocr（pip install --force-reinstall rapidocr）。"
        )
    return path


@cache
def _weights() -> str:
    """What tells the weights apart: the beginning of their SHA-256."""
    return sha256(_model(RECOGNITION).read_bytes()).hexdigest()[:12]


@cache
def _recogniser(runtime: Runtime, threads: int) -> tuple[Network, tuple[str, ...]]:
    """The network and the characters of its codes from 1; the space is the last."""
    load = vino_network if runtime == "openvino" else _onnx_network
    network, characters = load(_model(RECOGNITION), threads)
    return network, (*characters.splitlines(), " ")


def _onnx_network(model: Path, threads: int) -> tuple[Network, str]:
    onnxruntime = import_module("onnxruntime")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    entry = session.get_inputs()[0].name

    def run(tensor: NDArray[np.float32]) -> NDArray[np.float32]:
        output: NDArray[np.float32] = session.run(None, {entry: tensor})[0]
        return output

    return run, session.get_modelmeta().custom_metadata_map["character"]


@cache
def _detector(threads: int) -> Any:
    """rapidocr's own reader, of which only the detection is used."""
    params = {
        "Det.model_path": str(_model(DETECTION)),
        # a strip of a page is not blown up to 736 pixels of height, which takes longer than the page
        "Det.limit_type": "max",
        "Det.limit_side_len": 2000,
        "Global.log_level": "error",
        "EngineConfig.onnxruntime.intra_op_num_threads": threads,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }
    return import_module("rapidocr").RapidOCR(params=params)


def _corners(box: NDArray[np.float32]) -> Quadrilateral:
    first, second, third, fourth = ((float(x), float(y)) for x, y in box)
    return first, second, third, fourth
