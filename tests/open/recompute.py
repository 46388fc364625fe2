"""Computes grades of formula 2027-1 again from the open data of Liangxin. Python 3.11, nothing else.

    recompute.py FORMULA.toml GRADES.json|GRADES.csv DAY...

The formula is /open/formula.toml, the grades are /open/grades.json or /open/grades.csv. Prints a line
"page,day,grade,points" for each merchant and day, by what was known of the merchant on that day."""
import calendar, csv, datetime, itertools, json, math, pathlib, sys, tomllib
from fractions import Fraction

def after(start, months):
    """The day so many months later; the last one of the month where there is no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))

def within(start, months, on):
    return start <= on < after(start, months)

def dated(fact):
    """The fact with days in place of their texts."""
    is_day = lambda value: isinstance(value, str) and value[4:5] == value[7:8] == "-"
    return {key: datetime.date.fromisoformat(it) if is_day(it) else it for key, it in fact.items()}

class Merchant:
    """What is known of one merchant on a day."""
    def __init__(self, formula, facts, on):
        self.formula, self.facts, self.on, self.rule = formula, facts, on, formula["tests"]
        self.tests = [test for test in facts["tests"] if test["on"] <= on]
        self.penalties = [it for it in facts["penalties"] if it["served_on"] <= on]
        self.fines = [it for it in self.penalties if not it["warning"]]
        first, last = facts["promised_on"], facts["promised_until"]
        self.is_promised = first is not None and first <= on and (last is None or on <= last)
        self.rows = [row for row in formula["indicator"] if facts["venue"] in row["venues"]]

    def recent(self, months, kinds):
        return [test for test in self.tests if within(test["on"], months, self.on) and test["indicator"] in kinds]

    def official(self, months):
        return self.recent(months, self.formula["evidence"]["counts"])

    def share(self, row):
        kind, rate, devices = row["measure"], Fraction(self.rule["rate_percent"], 100), self.facts["instruments"]
        if kind in ("promise", "clean"):
            return Fraction(kind == "clean" or self.is_promised)
        if kind == "penalties":
            return Fraction(max(0, 2 - sum(within(it["served_on"], 24, self.on) for it in self.penalties)), 2)
        if kind in ("ledger", "verification"):
            good = [it["on_file"] if kind == "ledger" else it["for_good"] or
                    it["valid_until"] is not None and self.on <= it["valid_until"] for it in devices]
            return Fraction(sum(good), len(good)) if good else rate
        passed, weight = 0, 0
        for test in self.recent(12 if kind in ("looks", "records") else 9999, row["counts"]):
            decay = (it["halves"] for it in self.formula["decay"] if within(test["on"], it["months"], self.on))
            halves, times = next(decay, 0), (test["times"] or 0) if kind == "quantity" else 0
            passed += halves * test["passed"]
            weight += halves * (1 if test["passed"] else min(self.rule["most"], 1 + times // self.rule["step"]))
        if weight == 0:
            return Fraction(0) if kind == "records" else rate
        prior = 2 * self.rule["prior"] if kind == "quantity" else 0
        return (passed + prior * rate) / Fraction(weight + prior)

    def veto_end(self, penalty):
        stay, served, corrected = self.formula["stay"], penalty["served_on"], penalty["corrected_on"]
        full, repaired = after(served, stay["months"]), penalty["repaired_on"]
        end = max(repaired if repaired and repaired <= self.on else full, after(served, stay["repair_months"]))
        days = {test["on"] for test in self.official(9999) if test["passed"] and served < test["on"] <= end}
        is_met = corrected is not None and corrected <= end and len(days) >= stay["reinspections"]
        return min(end, full) if is_met and all(it["served_on"] <= served for it in self.penalties) else full

    def holds(self, cap):
        kind, months, on = cap["kind"], cap.get("months", 0), self.on
        is_open = lambda it: (it["corrected_on"] or datetime.date.max) > on
        if kind in ("measuring_penalty", "duty_penalty"):
            return any(it[kind.split("_")[0]] and within(it["served_on"], months, on) for it in self.fines)
        if kind == "overdue_instrument":
            return any((on - (it["valid_until"] or on)).days >= cap["days"] for it in self.facts["instruments"])
        if kind == "gross_shortage":
            tests = (it for it in self.tests if within(it["on"], months, on))
            return any(not it["passed"] and (it["times"] or 0) >= cap["times"] for it in tests)
        if kind == "repeated_violation":
            return any(set(one["violations"]) & set(two["violations"])
                       and within(one["served_on"], cap["within_months"], two["served_on"])
                       and (within(two["served_on"], months, on) or is_open(two))
                       for one, two in itertools.permutations(self.fines, 2))
        if kind == "overdue_correction":
            late = [it for it in self.penalties if (it["corrected_on"] or datetime.date.max) > it["correct_by"] < on]
            return any(within(it["correct_by"], months, on) or is_open(it) for it in late)
        if kind in ("few_tests", "no_recent_test"):
            return sum(test["passed"] for test in self.official(months)) < cap["tests"]
        if kind == "no_promise":
            return not self.is_promised
        ends, months = [self.veto_end(it) for it in self.penalties if it["veto"]], self.formula["stay"]["after_months"]
        return any(end <= on < after(end, months) for end in ends)

    def grade(self):
        """The grade, and the tenths of points of whoever is assessed."""
        least, quantity = self.formula["evidence"], next(row for row in self.rows if row["measure"] == "quantity")
        tenths = math.floor(sum(row["weight"] * self.share(row) for row in self.rows) * 10)
        reached = next((it["grade"] for it in self.formula["bound"] if tenths >= it["from_points"] * 10), "C")
        if any(it["veto"] and self.on < self.veto_end(it) for it in self.penalties):
            return "D", tenths
        tests = self.official(least["months"])
        if (len(tests) < least["tests"] or len({test["on"] for test in tests}) < least["days"]
                or not self.recent(least["months"], quantity["counts"])
                or self.on < after(self.facts["opened_on"], least["months_known"])):
            return "N", None
        caps = [cap["to"] for cap in self.formula["cap"] if self.holds(cap)]
        return max([reached, *caps], key=["AAA", "AA", "A", "B", "C"].index), tenths

formula, grades, *days = sys.argv[1:]
formula = tomllib.loads(pathlib.Path(formula).read_text(encoding="utf-8"))
text = pathlib.Path(grades).read_text(encoding="utf-8-sig")
rows = json.loads(text, object_hook=dated) if grades.endswith(".json") else list(csv.DictReader(text.splitlines()))
for day in map(datetime.date.fromisoformat, days):
    latest = {row["page"]: row for row in rows if str(row["as_of"]) <= day.isoformat()}
    for page, row in sorted(latest.items()):
        facts = row["facts"] or None
        facts = json.loads(facts, object_hook=dated) if isinstance(facts, str) else facts
        if facts and row["formula"] == formula["formula"]["version"]:
            grade, tenths = Merchant(formula, facts, day).grade()
            print(page, day, grade, "" if tenths is None else f"{tenths // 10}.{tenths % 10}", sep=",")
