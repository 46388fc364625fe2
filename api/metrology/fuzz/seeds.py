"""Writes what fuzzing starts from: seeds.py DIRECTORY makes judge/FAMILY/ from the golden tables, quantities/ from the
quantities in them, rules/ from the rule files, and a dictionary of the words and units that stand in them."""

import json
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parents[3]
target = pathlib.Path(sys.argv[1])
# What a number may be besides digits, and where one unit goes on with the next.
words = set("一二两三四五六七八九十半") | {"斤", "钱", "公斤", "斤半", "7斤6两", "kg200g", "元8角", "¥", "/斤"}
quantities = set()


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
            quantities.add(value)
        elif re.fullmatch(r"[A-Z0-9_]+", value):
            words.add(value)


for table in sorted((root / "fixtures/metrology").glob("*.json")):
    content = json.loads(table.read_text(encoding="utf-8"))
    for number, case in enumerate(content["cases"]):
        folder = target / "judge" / case["measurement"]["family"]
        folder.mkdir(parents=True, exist_ok=True)
        collect(case["measurement"])
        text = json.dumps(case["measurement"], ensure_ascii=False, separators=(",", ":"))
        (folder / f"{table.stem}-{number}").write_text(text, encoding="utf-8")

folder = target / "quantities"
folder.mkdir(parents=True, exist_ok=True)
for number, text in enumerate(sorted(quantities | words)):
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
