package result

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// ReadAccounts reads the accounts of a diff.json, and not the millions of items
// behind them.
func ReadAccounts(r io.Reader) (Sides[Account], error) {
	run, err := readAccounts(r)
	if err != nil {
		return Sides[Account]{}, fmt.Errorf("not a %s: %w", FileName, err)
	}
	return run.Accounts, nil
}

// readAccounts reads the beginning of a diff.json, up to the accounts.
func readAccounts(r io.Reader) (*Result, error) {
	d := json.NewDecoder(r)
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	run := &Result{}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, err
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
			return nil, err
		}
		if name == "format" && run.Format != fileFormat || name == "version" && !readable(strconv.Itoa(run.Version)) {
			return nil, fmt.Errorf("this version of iamctl does not read format %q, version %d", run.Format, run.Version)
		}
		if name == "accounts" {
			return run, nil
		}
	}
	return nil, errors.New("it has no accounts")
}
