"""Writes what fuzzing starts from: seeds.py DIRECTORY makes judge/FAMILY/ from the golden tables, rules/ from the rule
files, and a dictionary of the words and units that stand in them."""

import json
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parents[3]
target = pathlib.Path(sys.argv[1])
words = set()


def collect(value):
    if isinstance(value, dict):
        for key, one in value.items():
            words.add(f'"{key}":')
            collect(one)
    elif isinstance(value, list):
        for one in value:
            collect(one)
    elif isinstance(value, str):
        unit = re.fullmatch(r"[-+]?[0-9.]+ ?(\D+)", value)
        if unit:
            words.add(unit.group(1))
        elif re.fullmatch(r"[A-Z0-9_]+", value):
            words.add(value)


for table in sorted((root / "fixtures/metrology").glob("*.json")):
    content = json.loads(table.read_text(encoding="utf-8"))
    folder = target / "judge" / content["family"]
    folder.mkdir(parents=True, exist_ok=True)
    for number, case in enumerate(content["cases"]):
        collect(case["measurement"])
        text = json.dumps(case["measurement"], ensure_ascii=False, separators=(",", ":"))
        (folder / f"golden-{number}").write_text(text, encoding="utf-8")

rules = target / "rules"
rules.mkdir(parents=True, exist_ok=True)
for file in (root / "api/metrology/rules").glob("*.toml"):
    (rules / file.name).write_bytes(file.read_bytes())
    for key in re.findall(r"^(\w+) =", file.read_text(encoding="utf-8"), re.M):
        words.add(f"{key} = ")

with open(target / "words.dict", "w", encoding="utf-8") as out:
    for word in sorted(words):
        escaped = "".join(chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\x{byte:02x}" for byte in word.encode())
        out.write(f'"{escaped}"\n')
