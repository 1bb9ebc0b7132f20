"""The package in a process of its own: memory, signals, the command, and the time to import it."""

import ast
import os
import pathlib
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import time

import pytest
import swiftlet
from conftest import COMMAND, NAMES, ROOT

LONG = f"""
import sys, time, warnings
import swiftlet

def progress(state):
    if state.step:
        print("training", flush=True)

model = swiftlet.train({str(NAMES)!r}, steps=10**7, layers=1, embedding=16, threads=1, progress=progress)
print("model", model.interrupted, model.run["steps"] > 0, len(model.sample(3)))
"""


def test_an_interruption_keeps_the_model(script):
    """Ctrl-C after an hour loses nothing."""
    process = script(LONG)
    assert process.stdout.readline() == "training\n"
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert output.endswith("model True True 3\n")
    assert "training was interrupted after step" in errors and "Traceback" not in errors
    assert process.returncode == 0


def test_an_interruption_ends_a_search_for_texts(script):
    process = script(f"""
import swiftlet
model = swiftlet.train({str(NAMES)!r}, steps=20, layers=1, embedding=16, threads=1)
print("sampling", flush=True)
try:
    model.sample(10**7, min_tokens=1000, max_tokens=1000)
except KeyboardInterrupt:
    print("interrupted")
""")
    assert process.stdout.readline() == "sampling\n"
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=60)
    assert output == "interrupted\n"


def test_an_interruption_before_training_raises(script):
    process = script("""
import itertools, swiftlet

def names():
    print("reading", flush=True)
    yield from itertools.repeat("anna", 10**8)

try:
    swiftlet.train(names(), steps=10**7)
except KeyboardInterrupt:
    print("interrupted")
""")
    assert process.stdout.readline() == "reading\n"
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=60)
    assert output == "interrupted\n"


def interrupt(process):
    """Sends Ctrl-C, and returns the rest of the output and the processor's seconds until the end of the process."""
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    before = sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    all_ = resource.getrusage(resource.RUSAGE_CHILDREN)
    return output, errors, all_.ru_utime + all_.ru_stime - others.ru_utime - others.ru_stime - before


def test_an_interruption_of_reading_raises(script, tmp_path):
    """A wrong file of many megabytes is not read to its end."""
    with open(tmp_path / "many.txt", "w") as file:
        for number in range(40):
            file.write(NAMES.read_text().replace("a", f"a{number} ") * 25)
    process = script("""
import swiftlet, threading, time
threading.Timer(0.4, print, ["reading"], {"flush": True}).start()
try:
    swiftlet.train("many.txt", tokenizer="bpe", steps=1, threads=1, progress=lambda state: print("late"))
except KeyboardInterrupt:
    print("interrupted")
""")
    assert process.stdout.readline() == "reading\n"
    output, errors, seconds = interrupt(process)
    assert output == "interrupted\n", errors
    assert seconds < 1


def test_an_interruption_of_the_memory_keeps_the_model(script, tmp_path):
    """Who cannot wait for the n-grams has the network that was trained."""
    (tmp_path / "long.txt").write_text(NAMES.read_text() * 90)
    process = script("""
import swiftlet, threading

timer = threading.Timer(0, None)

def progress(state):
    # The steps are over when this has not been called for a while.
    global timer
    timer.cancel()
    timer = threading.Timer(0.5, print, ["remembering"], {"flush": True})
    timer.start()

model = swiftlet.train(
    "long.txt", validation=1, steps=1, batch=1, layers=1, embedding=16, threads=1, progress=progress)
timer.cancel()
print("model", model.interrupted, model.run["steps"], model.info["memory"], len(model.sample(3)))
print([note for note in model.notes if "memory" in note])
""")
    assert process.stdout.readline() == "remembering\n"
    output, errors, seconds = interrupt(process)
    assert output == (
        "model True 1 None 3\n['The n-gram memory was interrupted, so the model has none.']\n"), errors
    assert "the n-gram memory was interrupted; this is the model without it" in errors
    assert seconds < 1


@pytest.mark.skipif(not shutil.which("qemu-x86_64"), reason="there is no emulator of an old processor")
def test_an_old_processor_is_an_error(tmp_path):
    """Without the check, Python would end with an illegal instruction."""
    script = tmp_path / "old.py"
    script.write_text(f"""
import sys
sys.path.insert(0, {str(pathlib.Path(swiftlet.__file__).parent.parent)!r})
import swiftlet
try:
    swiftlet.train(["anna"] * 10, steps=1)
except swiftlet.Error as error:
    print(error.code, error)
""")
    run = subprocess.run(
        ["qemu-x86_64", "-cpu", "Nehalem", os.path.realpath(sys.executable), script], capture_output=True, text=True)
    assert run.stdout.startswith("69 this processor lacks AVX, AVX2, BMI2 and FMA"), run.stderr


def test_half_a_million_texts_need_the_memory_of_the_tool(script, tmp_path):
    """The library's copy of the corpus is freed as it is encoded, and there is no second one in between."""
    texts = tmp_path / "texts.txt"
    texts.write_text("\n".join(
        f"text number {number} of a corpus whose documents have about a hundred bytes each, one like the other"
        for number in range(500_000)))
    command = [
        COMMAND, "train", texts, "--steps=3", "--layers=1", "--embedding=16", "--context=16", "--memory=none",
        "--threads=1", "--quiet", f"--output={tmp_path / 'm'}"]
    process = os.posix_spawn(COMMAND, list(map(str, command)), os.environ)
    _, status, usage = os.wait4(process, 0)
    assert status == 0
    tool = usage.ru_maxrss * 1024
    process = script("""
import resource, swiftlet

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize()

texts = open("texts.txt").read().split("\\n")
size = sum(len(text) for text in texts)
before = resident()
most = 0

def progress(state):
    global most
    most = max(most, resident())

swiftlet.train(texts, steps=3, layers=1, embedding=16, context=16, memory="none", threads=1, progress=progress)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(size, peak - before, most - before)
""")
    output, errors = process.communicate(timeout=120)
    size, peak, during = map(int, output.split())
    print(f"{size:,} bytes of text; {peak:,} more at most, {during:,} in training, and {tool:,} in the tool")
    # The tool reads the file line by line, and holds one copy of the texts too.
    assert peak < tool + size / 2, errors


def test_the_command_is_installed(tool):
    assert tool("--version") == f"swiftlet {swiftlet.__version__}\n"


def test_the_header_and_the_types_are_installed():
    folder = pathlib.Path(swiftlet.__file__).parent
    assert (folder / "include" / "swiftlet.h").exists() and (folder / "py.typed").exists()


def test_sources_are_python_3_9():
    for path in (ROOT / "Sources" / "Python").rglob("*.py"):
        ast.parse(path.read_text(), feature_version=(3, 9))


def test_the_time_to_import(capsys):
    command = "import time; start = time.perf_counter(); import swiftlet; print(time.perf_counter() - start)"
    times = [float(subprocess.run([sys.executable, "-c", command], check=True, capture_output=True).stdout)
             for _ in range(7)]
    with capsys.disabled():
        print(f"\nimport swiftlet: {1000 * statistics.median(times):.0f} ms")


def test_c_programs_call_the_library(tmp_path):
    """The header and the library agree, also for the languages that read the header."""
    compiler = shutil.which("cc")
    if not compiler:
        pytest.skip("there is no compiler of C")
    folder = pathlib.Path(swiftlet.__file__).parent
    subprocess.run(
        [compiler, "-Wall", "-Werror", "-std=c99", f"-I{folder / 'include'}", ROOT / "Tests" / "Python" / "example.c",
         folder / "libswiftlet.so", f"-Wl,-rpath,{folder}", "-o", tmp_path / "example"], check=True)
    run = subprocess.run([tmp_path / "example", NAMES], capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    lines = run.stdout.split("\n")
    assert lines[0].startswith('[{"text":')
    assert lines[1:4] == ["64 --steps -1: must be 0 or more", "64 model is NULL.", "66 no such file does not exist."]
