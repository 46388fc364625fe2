#!/usr/bin/env python3
"""Checks a case bundle offline, with Python alone: python3 check.py BUNDLE.zip
It proves that no file was changed, that each photo is the one that its receipt and the event of its coming name, and that each
event of the history stands under the seal that the bureau signed. Signatures are checked where the package `cryptography` is
installed; compare keys.json with what the bureau publishes."""
import base64, hashlib, json, sys, zipfile

sha = lambda data: hashlib.sha256(data).digest()
plain = lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
bundle = zipfile.ZipFile(sys.argv[1])
lists = json.loads(bundle.read("manifest.json"))
for file in lists["files"]:
    assert sha(bundle.read(file["name"])).hex() == file["sha256"], "changed: " + file["name"]
signed = {name: bundle.read(name).decode().split(".") for name in lists["receipts"] + lists["seals"]}
photos = {photo["id"]: photo for photo in lists["photos"]}
for photo in photos.values():
    assert not photo["file"] or sha(bundle.read(photo["file"])).hex() == photo["sha256"], "not its photo: " + photo["file"]
named = [photo for name in lists["receipts"] for photo in json.loads(plain(signed[name][1]))["photos"]]
for photo in named:
    assert photos.get(photo["id"], {}).get("sha256") == photo["sha256"], "not what its receipt names: " + photo["id"]
bare = {photo["id"] for photo in photos.values() if photo["storedAt"] and photo["sha256"]} - {photo["id"] for photo in named}
seals = {seal["number"]: seal for seal in (json.loads(plain(signed[name][1])) for name in lists["seals"])}
events = json.loads(bundle.read("history.json"))["events"]
for event in events:
    seal, place = seals[event["seal"]], event["position"]
    last, node = seal["events"] - 1, sha(b"\0" + event["text"].encode())
    for beside in map(bytes.fromhex, event["path"]):  # RFC 9162, 2.1.3.2
        right = place & 1 or place == last
        node = sha(b"\1" + beside + node) if right else sha(b"\1" + node + beside)
        while right and not place & 1 and place:
            place, last = place >> 1, last >> 1
        place, last = place >> 1, last >> 1
    assert last == 0 and node.hex() == seal["root"], "not as it was sealed: " + event["text"]
    said = json.loads(event["text"])
    if said["kind"] == "photo_stored" and "beside" in said and said["subject"] in photos:
        photo = photos[said["subject"]]
        beside = {"about": "photo", **{key: photo[key] for key in ("id", "sha256", "sizeBytes", "sm3")}}
        beside = sha(json.dumps(beside, separators=(",", ":")).encode()).hex()
        assert beside == said["beside"], "not what came by the log: " + photo["id"]
try:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    Ed25519PublicKey = None
if Ed25519PublicKey:
    keys = {key["kid"]: plain(key["x"]) for key in json.loads(bundle.read("keys.json"))["keys"]}
    for head, body, signature in signed.values():
        key = Ed25519PublicKey.from_public_bytes(keys[json.loads(plain(head))["kid"]])
        key.verify(plain(signature), f"{head}.{body}".encode())
print(f"{len(lists['files'])} files, {len(events)} events, {len(seals)} seals, "
      f"{len(signed) if Ed25519PublicKey else 'no'} signatures checked: all as they were",
      *[f"(no receipt names the photo {photo})" for photo in sorted(bare)])
