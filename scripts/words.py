"""What the English catalogue of the server lacks and what it holds in vain: `make words`."""

import json

from zhike.testing.words import files, words
from zhike.words.catalogue import FILE

said = {text: path for path in files() for text in words(path)}
known = json.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else {}
for text in sorted(set(said) - set(known), key=lambda text: (str(said[text]), text)):
    print(f'{json.dumps(text, ensure_ascii=False)}: "",  {said[text].name}')
for text in sorted(set(known) - set(said)):
    print(f"unused: {json.dumps(text, ensure_ascii=False)}")
