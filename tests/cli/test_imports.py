import subprocess
import sys

HEAVY = ("torch", "PySide6", "pyqtgraph", "numpy", "PIL", "safetensors", "scipy")

PROGRAM = """
import json, sys
import lenet_gui.cli
loaded = [[name for name in {heavy} if name in sys.modules]]
for arguments in (["summary"], ["summary", "--json"], ["nothing"]):
    lenet_gui.cli.main(arguments)
    loaded.append([name for name in {heavy} if name in sys.modules])
print(json.dumps(loaded), file=sys.stderr)
"""


def test_the_command_line_and_the_summary_do_without_torch_qt_and_numpy() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(heavy=HEAVY)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.splitlines()[-1] == "[[], [], [], []]"
