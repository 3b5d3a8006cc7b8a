// Write writes a fleet of accounts as snapshot folders, or as saved files of account
// details, with its dictionary, and prints where the outliers are.
//
//	go run ./internal/samplefleet/write -accounts 1000 -roles 500 -outliers 250 FOLDER
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"iamctl/extract/snapshot"
	"iamctl/internal/samplefleet"
	"iamctl/inventory"
)

func main() {
	log.SetFlags(0)
	var o samplefleet.Options
	flag.Uint64Var(&o.Seed, "seed", 1, "draw the fleet by this `number`")
	flag.IntVar(&o.Accounts, "accounts", 100, "how many accounts")
	flag.IntVar(&o.Roles, "roles", 500, "how many roles each has")
	flag.IntVar(&o.Outliers, "outliers", 50, "how many roles are not as in the other accounts")
	flag.BoolVar(&o.Suffixes, "suffixes", false, "names that end as CloudFormation ends them")
	flag.BoolVar(&o.Respelled, "respelled", false, "documents that are written otherwise in some accounts")
	environments := flag.String("environments", "", "`names` of environments, separated by commas")
	details := flag.Bool("details", false, "write files of account details, not snapshot folders")
	flag.Parse()
	if *environments != "" {
		o.Environments = strings.Split(*environments, ",")
	}
	if err := write(samplefleet.New(o), flag.Arg(0), *details); err != nil {
		log.Fatal(err)
	}
}

func write(f *samplefleet.Fleet, dir string, details bool) error {
	if dir == "" {
		return errors.New("the folder to write to is missing")
	}
	if err := os.MkdirAll(filepath.Join(dir, "fleet"), 0o700); err != nil {
		return err
	}
	saved := files{fleet: f}
	for i := range f.Accounts {
		path := filepath.Join(dir, "fleet", f.Tag(i))
		var err error
		if details {
			err = saved.write(path+".json", i)
		} else {
			_, err = snapshot.Write(path, f.Account(i))
		}
		if err != nil {
			return err
		}
	}
	for _, o := range f.Outliers {
		fmt.Printf("%s,%s,%s\n", f.ID(o.Account), f.Name(o.Account, o.Role), o.Kind)
	}
	return os.WriteFile(filepath.Join(dir, "dictionary.json"), f.Dictionary(0), 0o600)
}

// files writes files of account details. Those of plain accounts are made once, with the dates of
// one of them: to spell out forty gigabytes of JSON would take longer than to read them.
type files struct {
	fleet *samplefleet.Fleet
	plain []byte
}

func (f *files) write(path string, account int) error {
	fleet := f.fleet
	if !fleet.Plain(account) {
		data, err := details(fleet.Account(account))
		return errors.Join(err, os.WriteFile(path, data, 0o600))
	}
	var err error
	if f.plain == nil {
		f.plain, err = details(fleet.Account(fleet.Accounts))
	}
	was, id := fleet.ID(fleet.Accounts), fleet.ID(account)
	data := bytes.ReplaceAll(f.plain, []byte(was), []byte(id))
	data = bytes.ReplaceAll(data, []byte(samplefleet.IDPart(was)), []byte(samplefleet.IDPart(id)))
	return errors.Join(err, os.WriteFile(path, data, 0o600))
}

func details(a *inventory.Account) ([]byte, error) {
	var b bytes.Buffer
	err := samplefleet.WriteDetails(&b, a)
	return b.Bytes(), err
}
