import json, os, urllib.request


def get(path):
    url, key = os.environ["GOALPOST_URL"], os.environ["GOALPOST_API_KEY"]
    request = urllib.request.Request(url + path, headers={"Authorization": f"Bearer {key}"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


latest = get("/v1/experiments?limit=1")["items"][0]
results = get(f"/v1/experiments/{latest['id']}/results")
for part in results["report"]["parts"]:
    if part["type"] == "verdict":
        print(part["condition"], part["verdict"], part["tally"])
