"""Words 语言: Chinese is written where it is used; who asks for English is answered from a catalogue (en.json)."""
