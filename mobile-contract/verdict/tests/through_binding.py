"""Answers on standard output, line by line, what is asked on standard input, through the generated binding.

A request and its answer are one JSON array a line: [how, what, ...] with how = the rule files of an operator, as pairs
of name and text, and what = the method with its arguments. The directory of the module is the only argument.
"""

import json
import sys

sys.path.insert(0, sys.argv[1])
import liangxin_verdict as binding

loaded = {}


def rules(files):
    """The rules asked for, made once."""
    key = json.dumps(files)
    if key not in loaded:
        texts = [binding.RuleText(name=name, text=text) for name, text in files]
        loaded[key] = binding.Rules.with_editions(texts) if texts else binding.Rules.embedded()
    return loaded[key]


def report(found):
    """What judging again came to, as JSON has it."""
    kinds = ["EQUAL", "DIFFERS", "OTHER_RULES", "REFUSED"]
    answer = {"kind": next(kind for kind in kinds if getattr(found, f"is_{kind}")())}
    for name in ["ids", "refusal", "differences"]:
        if hasattr(found, name):
            answer[name] = plain(getattr(found, name))
    return answer


def plain(value):
    """A value of the binding as JSON has it."""
    if isinstance(value, binding.RecomputedReport):
        return report(value)
    if isinstance(value, list):
        return [plain(item) for item in value]
    if value is None or isinstance(value, str):
        return value
    return {name: plain(item) for name, item in vars(value).items()}


def answer(files, method, *arguments):
    """What the binding says, or its refusal."""
    if method == "explain":
        arguments = [arguments[0], binding.Language[arguments[1]]]
    try:
        return {"ok": plain(getattr(rules(files), method)(*arguments))}
    except binding.VerdictError.Refused as error:
        return {"refused": plain(error.refusal)}


for line in sys.stdin.buffer:
    text = json.dumps(answer(*json.loads(line)), ensure_ascii=True)
    print(text, flush=True)
