// Write writes a fleet of accounts as snapshot folders, or as saved files of account
// details, with its dictionary, and prints where the outliers are.
//
//	go run ./internal/samplefleet/write -accounts 1000 -roles 500 -outliers 250 FOLDER
package main

import (
	"bufio"
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
	for i := range f.Accounts {
		path := filepath.Join(dir, "fleet", f.Tag(i))
		var err error
		if details {
			err = writeDetails(path+".json", f.Account(i))
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

func writeDetails(path string, a *inventory.Account) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(file, 1<<20)
	return errors.Join(samplefleet.WriteDetails(w, a), w.Flush(), file.Close())
}
