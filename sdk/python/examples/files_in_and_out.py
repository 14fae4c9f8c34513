"""Send files to a job and save the files that it leaves. Usage: python files_in_and_out.py IMAGE FOLDER"""

import sys
from pathlib import Path

from hypernode.sync import Hypernode


def main(image: str, folder: str) -> None:
    with Hypernode.connect() as hn:
        job = hn.jobs.run(
            image,
            "sort /job/in/words.txt > /job/out/sorted.txt; wc -l < /job/in/example.py > /job/out/lines.txt",
            inputs={"words.txt": b"pear\napple\nfig\n", "example.py": Path(__file__)},
            outputs=folder,
            timeout_seconds=60,
        )
        result = job.result().check()
        for file in result.outputs.files:
            print(f"{file.path}: {file.size} bytes")
        print(result.outputs.read("sorted.txt").decode(), end="")


main(*sys.argv[1:])
