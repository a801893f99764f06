.json.database == "ok"
{"status": 200, "json": {"database": "ok"}, "values": ["192.0.2.1"], "n": [1, 2.5, null, true]}