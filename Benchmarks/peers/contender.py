"""A process that answers requests of `compare`."""

import json
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
WORKER = ROOT / "Benchmarks/.build/release/CompareWorker"


class Failure(Exception):
    pass


class Contender:
    """A process. Where one of CharCNN fails the whole run ends: there is nothing left to compare with."""

    def __init__(self, name, command, environment=None):
        self.name = name
        self.process = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, **(environment or {})})

    def ask(self, work, **request):
        try:
            self.process.stdin.write(json.dumps({"work": work, **request}) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            self.fail("ended")
        line = self.process.stdout.readline()
        if not line:
            self.fail("ended")
        reply = json.loads(line)
        if reply.get("error"):
            self.fail(f"{work}: {reply['error']}")
        return reply

    def fail(self, problem):
        if self.name.startswith("CharCNN"):
            raise SystemExit(f"{self.name}: {problem}")
        raise Failure(f"{self.name}: {problem}")

    def peak_memory(self):
        """Largest resident memory of the process so far, in MB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Contenders:
    """Starts the processes that a section needs, once."""

    SCRIPTS = {
        "PyTorch": "torch_worker.py", "ONNX Runtime": "onnx_worker.py", "OpenVINO": "onnx_worker.py",
        "fastText": "fasttext_worker.py"}

    def __init__(self, folder, threads, instructions):
        self.folder, self.threads, self.instructions = folder, threads, instructions
        self.environment = {"OMP_NUM_THREADS": str(threads)}
        if instructions == "avx2":
            self.environment |= {
                "ATEN_CPU_CAPABILITY": "avx2", "ONEDNN_MAX_CPU_ISA": "AVX2", "MKL_ENABLE_INSTRUCTIONS": "AVX2"}
        self.running = {}

    def start(self, name, threads=None):
        threads = threads or self.threads
        if name.startswith("CharCNN"):
            return Contender(
                name, [WORKER, self.folder, threads, self.instructions, "bf16" if "bf16" in name else "single"])
        script = HERE / self.SCRIPTS[name]
        runtime = ["openvino"] if name == "OpenVINO" else []
        return Contender(name, [sys.executable, script, self.folder, threads, *runtime], self.environment)

    def __getitem__(self, name):
        if name not in self.running:
            self.running[name] = self.start(name, 1 if name == "CharCNN, 1 thread" else None)
        return self.running[name]

    def close(self):
        for contender in self.running.values():
            contender.close()
        self.running = {}
