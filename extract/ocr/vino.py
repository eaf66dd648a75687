"""The recognition network in openvino, another runtime: an extra."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extract.ocr.engine import EngineError


def vino_network(
    model: Path, threads: int
) -> tuple[Callable[[NDArray[np.float32]], NDArray[np.float32]], str]:
    """The network of the ONNX file `model` and the characters in its metadata, one a line.

    Raises `EngineError` without openvino.
    """
    if find_spec("openvino") is None:
        raise EngineError("未安装 openvino：请执行 pip install 'shenbao[openvino]'，或改用 onnxruntime。")
    core = import_module("openvino").Core()
    # bfloat16, its choice on some processors, would give other texts there than elsewhere
    settings = {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": threads, "NUM_STREAMS": 1}
    network = core.read_model(model)
    request = core.compile_model(network, "CPU", settings).create_infer_request()

    def run(tensor: NDArray[np.float32]) -> NDArray[np.float32]:
        request.infer([tensor])
        output: NDArray[np.float32] = request.get_output_tensor().data.copy()
        return output

    return run, network.get_rt_info(["framework", "character"]).astype(str)
