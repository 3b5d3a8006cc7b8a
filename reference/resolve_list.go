package reference

import (
	"errors"
	"slices"
)

func (d *decoder) typeList(a rawAction) ([]int, error) {
	if list, ok := d.typeLists[a.resources.text]; ok {
		return list, nil
	}
	names, err := d.texts(a.resources, "resources of the action", a.name)
	if err != nil {
		return nil, err
	}
	var list []int
	for _, name := range names {
		i, ok := d.typeIndex[name]
		if !ok {
			return nil, errorAt(a.resources.at, "action %s names the resource type %q, which is not among the resources of %s", a.name, name, d.prefix)
		}
		list = append(list, i)
	}
	slices.Sort(list)
	d.typeLists[a.resources.text] = list
	return list, nil
}

func (d *decoder) keyList(raw rawValue, what, name string) ([]string, error) {
	if list, ok := d.keyLists[raw.text]; ok {
		return list, nil
	}
	list, err := d.texts(raw, "keys of the "+what, name)
	if err != nil {
		return nil, err
	}
	for _, key := range list {
		if !d.isKey[key] {
			return nil, errorAt(raw.at, "%s %s names the condition key %q, which is not among the keys of %s", what, name, key, d.prefix)
		}
	}
	d.keyLists[raw.text] = list
	return list, nil
}

// texts reads a list of distinct strings and sorts it.
func (d *decoder) texts(raw rawValue, what, name string) ([]string, error) {
	if raw.at == 0 {
		return nil, nil
	}
	list, err := stringList(raw, what, name)
	if err != nil {
		return nil, err
	}
	if !slices.IsSortedFunc(list, compareNames) {
		slices.SortFunc(list, compareNames)
	}
	for i, s := range list {
		if !validText(s) {
			return nil, errorAt(raw.at, "%s %s: %q is empty or has control characters", what, name, s)
		}
		if i > 0 && list[i-1] == s {
			return nil, errorAt(raw.at, "%s %s: %q stands twice", what, name, s)
		}
	}
	return slices.Clip(list), nil
}

// stringList splits a JSON list that must hold strings.
func stringList(raw rawValue, what, name string) ([]string, error) {
	p := parser{text: raw.text}
	var list []string
	err := p.array(what, name, func() error {
		s, _, err := p.string(what, name)
		list = append(list, s)
		return err
	})
	return list, shift(err, raw.at)
}

// shift moves the position of an error in a part to that in the whole.
func shift(err error, by int) error {
	var pos *posError
	if errors.As(err, &pos) {
		pos.offset += by
	}
	return err
}
