package report

import (
	"encoding/json"
	"fmt"
	"io"
)

// ReadRunHead reads the beginning of a diff.json, up to the accounts, and not
// the millions of items behind it.
func ReadRunHead(r io.Reader) (*Run, error) {
	d := json.NewDecoder(r)
	if _, err := d.Token(); err != nil {
		return nil, fmt.Errorf("not a diff.json: %w", err)
	}
	run := &Run{}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, fmt.Errorf("not a diff.json: %w", err)
		}
		var skipped json.RawMessage
		into := any(&skipped)
		switch name {
		case "format":
			into = &run.Format
		case "version":
			into = &run.Version
		case "accounts":
			into = &run.Accounts
		}
		if err := d.Decode(into); err != nil {
			return nil, fmt.Errorf("not a diff.json: %w", err)
		}
		if name == "format" && run.Format != jsonFormat || name == "version" && run.Version != jsonVersion {
			return nil, fmt.Errorf("not a diff.json that this version of iamctl reads: format %q, version %d", run.Format, run.Version)
		}
		if name == "accounts" {
			return run, nil
		}
	}
	return nil, fmt.Errorf("not a diff.json: it has no accounts")
}
