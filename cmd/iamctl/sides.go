package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"iamctl/compare"
	"iamctl/extract"
	"iamctl/internal/hint"
)

// sidesOf returns the two accounts that the arguments of a command name, in
// either form.
func sidesOf(command string, c *cli.Context) ([2]compare.Side, error) {
	return sidesIn(command, c.Args().Slice())
}

// sidesIn returns the two accounts that arguments name.
func sidesIn(command string, args []string) ([2]compare.Side, error) {
	given := len(args)
	switch len(args) {
	case 2:
		args = []string{args[0], "", args[1], ""}
	case 4:
		if args[1] == "" || args[3] == "" {
			return [2]compare.Side{}, usage(command, "a tag is empty")
		}
	default:
		return [2]compare.Side{}, usage(command, command+" takes SOURCE_1 SOURCE_2 or SOURCE_1 TAG_1 SOURCE_2 TAG_2, got %d arguments", len(args))
	}
	var sides [2]compare.Side
	for i := range sides {
		s, err := newSide(command, args[2*i], args[2*i+1])
		if err != nil {
			return sides, err
		}
		sides[i] = s
	}
	if given == 2 {
		compare.DistinctTags(&sides)
	}
	if extract.SameTag(sides[0].Tag, sides[1].Tag) {
		return sides, hint.With(
			fmt.Errorf("both accounts have the tag %q, and their files would have the same names", sides[0].Tag),
			"give each its own: iamctl %s %s TAG_1 %s TAG_2", command, args[0], args[2])
	}
	return sides, nil
}

// newSide returns an account by its source and its tag, "" for that of the source.
func newSide(command, source, tag string) (compare.Side, error) {
	s, err := compare.NewSide(source, tag)
	switch {
	case err != nil:
		return s, usage(command, "%w", err)
	case s.Spec.Many():
		return s, hint.With(usage(command, "%s names many accounts, and %s takes one in each place", source, command),
			"write %s/ACCOUNT-ID for one of them; matrix, snapshot, export and audit take all", strings.TrimSuffix(s.Spec.Of("").String(), "/"))
	}
	return s, nil
}

// taggedSides returns the accounts that arguments of the form SOURCE[=TAG] name.
// No two have one tag.
func taggedSides(command string, args []string) ([]compare.Side, error) {
	return sourcesIn(command, args, func(source, tag string) (compare.Side, error) { return newSide(command, source, tag) })
}

// sources returns what arguments of the form SOURCE[=TAG] name: an account each, or many.
func sources(command string, args []string) ([]compare.Side, error) {
	return sourcesIn(command, args, func(source, tag string) (compare.Side, error) {
		s, err := compare.NewSide(source, tag)
		switch {
		case err != nil:
			return s, usage(command, "%w", err)
		case s.Spec.Many() && tag != "":
			return s, usage(command, "%s=%s: it names many accounts, and the tag of each is its id; leave out =%s", source, tag, tag)
		}
		return s, nil
	})
}

func sourcesIn(command string, args []string, newSide func(source, tag string) (compare.Side, error)) ([]compare.Side, error) {
	var sides []compare.Side
	seen := map[string]string{}
	for _, arg := range args {
		source, tag, tagged := cutTag(arg)
		if tagged && tag == "" {
			return nil, usage(command, "%q: the tag behind = is empty", arg)
		}
		s, err := newSide(source, tag)
		if err != nil {
			return nil, err
		}
		sides = append(sides, s)
		if s.Spec.Many() {
			continue
		}
		if other, ok := seen[strings.ToLower(s.Tag)]; ok {
			return nil, hint.With(fmt.Errorf("%s and %s have the same tag %q", other, arg, s.Tag),
				"give one another tag: %s=TAG", source)
		}
		seen[strings.ToLower(s.Tag)] = arg
	}
	return sides, nil
}

// cutTag cuts an argument of the form SOURCE[=TAG]. A path that is there as it is written is
// the source, whatever its name: so is each that a pattern matches.
func cutTag(arg string) (source, tag string, tagged bool) {
	i := strings.LastIndex(arg, "=")
	if i < 0 || extract.IsThere(arg) {
		return arg, "", false
	}
	return arg[:i], arg[i+1:], true
}
