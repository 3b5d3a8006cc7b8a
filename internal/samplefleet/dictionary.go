package samplefleet

import "encoding/json"

// Dictionary returns the dictionary of the fleet: the name of the environment of each
// account, by its tag, and of more accounts behind the last.
func (f *Fleet) Dictionary(more int) []byte {
	values := map[string]string{}
	for i := range f.Accounts + more {
		values[f.Tag(i)] = f.Environment(i)
	}
	data, err := json.MarshalIndent(map[string]any{
		"version": 2, "equivalencies": []map[string]any{{"placeholder": "ENVIRONMENT", "values": values}},
	}, "", "  ")
	if err != nil {
		panic(err) // no text in it is at fault
	}
	return data
}
