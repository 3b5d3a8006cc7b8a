package orgfolder

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"iamctl/extract/jsonfile"
	"iamctl/internal/atomicfile"
	"iamctl/internal/inputfile"
	"iamctl/inventory"
)

const (
	filePerm   = 0o600
	folderPerm = 0o700
)

// ErrNoOrganization is wrapped by the error for a folder that holds no organisation.
var ErrNoOrganization = errors.New("not a folder of an organisation")

// Write makes the folder dir that of the organisation, with the folders above it that are
// missing, and removes the files of policies that are gone. Other files stay, and a folder
// that is used for something else is refused. o itself is left as it is.
//
// After an error the folder is as it was. Files are readable by their owner alone.
func Write(dir string, o *inventory.Organization) error {
	files, err := filesOf(sorted(o))
	if err == nil {
		err = check(dir)
	}
	if err == nil {
		opt := atomicfile.Options{Perm: folderPerm, Markers: []string{FileName}, Stale: stale}
		err = atomicfile.Folder(dir, opt, func(stage string) error { return writeAll(stage, files) })
	}
	if err != nil {
		return fmt.Errorf("write the organisation: %w", err)
	}
	return nil
}

// file is a file's name and what is in it.
type file struct {
	name  string
	value any
}

// filesOf returns the files of an organisation, or an error where two would have one name, if
// only on a disk that does not distinguish case.
func filesOf(o *inventory.Organization) ([]file, error) {
	if err := checkTree(o); err != nil {
		return nil, err
	}
	files := []file{{FileName, organizationTo(o)}}
	taken := map[string]bool{}
	for i := range o.Policies {
		p := &o.Policies[i]
		prefix := prefixOf(p.Type)
		if prefix == "" || p.ID == "" {
			return nil, fmt.Errorf("the control policy %q has the id %q and the type %q: the folder cannot hold it", p.Name, p.ID, p.Type)
		}
		name := prefix + jsonfile.FileName(p.ID) + ".json"
		if key := strings.ToLower(name); taken[key] {
			return nil, fmt.Errorf("the control policy %q is there twice", p.ID)
		} else {
			taken[key] = true
		}
		files = append(files, file{name, policyTo(p)})
	}
	return files, nil
}

// prefixOf returns how the names of files of policies of a type begin, "" for no type.
func prefixOf(typ string) string {
	switch typ {
	case inventory.ServiceControl:
		return "scp-"
	case inventory.ResourceControl:
		return "rcp-"
	}
	return ""
}

// isPolicy reports whether a file is that of a policy, by its name.
func isPolicy(name string) bool {
	return (strings.HasPrefix(name, "scp-") || strings.HasPrefix(name, "rcp-")) && strings.EqualFold(filepath.Ext(name), ".json")
}

func writeAll(stage string, files []file) error {
	for _, f := range files {
		data, err := jsonfile.Encode(f.value)
		if err == nil {
			err = os.WriteFile(filepath.Join(stage, f.name), data, filePerm)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
	}
	return nil
}

// stale returns the files of policies that are there.
func stale(folder string, unfinished []string) []string {
	var names []string
	entries, _ := os.ReadDir(folder) // what cannot be listed is refused when files are moved
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return slices.DeleteFunc(append(names, unfinished...), func(name string) bool { return !isPolicy(name) })
}

// strangers are the files that a folder may hold before its first organisation.
var strangers = []string{".git", ".gitkeep", ".gitignore", ".gitattributes", ".DS_Store", "README", "README.md", "README.txt"}

// check refuses a folder that somebody uses for something else.
func check(dir string) error {
	at := filepath.Join(dir, FileName)
	data, err := inputfile.Read(context.Background(), at, inputfile.Organization)
	if err == nil {
		return checkHead(at, data)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, e := range entries {
		if !isPolicy(e.Name()) && !strings.HasPrefix(e.Name(), ".") && !slices.Contains(strangers, e.Name()) {
			return fmt.Errorf("%s: %w: it has no %s but holds %q; give a new or empty folder", dir, ErrNoOrganization, FileName, e.Name())
		}
	}
	return nil
}

// checkHead refuses a file of another format, or of a later version.
func checkHead(name string, data []byte) error {
	var head struct {
		Format  text `json:"format"`
		Version int  `json:"version"`
	}
	data = jsonfile.WithoutBOM(data)
	if err := json.Unmarshal(data, &head); err != nil {
		return fmt.Errorf("%w; mend the file, or take the organisation anew into another folder", jsonfile.Fault(name, data, err))
	}
	switch {
	case head.Format != formatName:
		return fmt.Errorf("%w: %s is of the format %q, not %q; give another folder", ErrNoOrganization, name, string(head.Format), formatName)
	case head.Version < 1 || head.Version > formatVersion:
		return fmt.Errorf("%s: the organisation has the format version %d, but this iamctl knows only version %d; use the iamctl that wrote it, or a newer one", name, head.Version, formatVersion)
	}
	return nil
}

// sorted returns the organisation in order, with the caller's own left as it is.
func sorted(o *inventory.Organization) *inventory.Organization {
	c := *o
	c.Units, c.Members = slices.Clone(o.Units), slices.Clone(o.Members)
	c.Policies, c.Gaps = slices.Clone(o.Policies), slices.Clone(o.Gaps)
	for i := range c.Units {
		c.Units[i].Policies = slices.Clone(c.Units[i].Policies)
	}
	for i := range c.Members {
		c.Members[i].Policies = slices.Clone(c.Members[i].Policies)
		c.Members[i].Tags = slices.Clone(c.Members[i].Tags)
		slices.SortFunc(c.Members[i].Tags, func(a, b inventory.Tag) int { return strings.Compare(a.Key, b.Key) })
	}
	c.Sort()
	return &c
}
