package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"iamctl/diff"
)

// File is one file of the output folder.
type File struct {
	Name  string
	Write func(w io.Writer) error
	// weight is how long it takes compared with the others.
	weight int
}

const (
	weightSmall = iota
	weightItems
	weightHarvest
)

// summaryLines is how many lines summary.txt may spend on what differs.
const summaryLines = 1000

// Files gives the files of the output folder but diff.json, sorted by name.
// They can be written side by side; diff.json (JSONName) comes last, as the
// mark of a complete run. marks may be nil.
func Files(c *diff.Changes, n Names, marks *Marks) []File {
	return filesOf(c, n, marks, func() *tally { return tallyOf(c, marks) })
}

func filesOf(c *diff.Changes, n Names, marks *Marks, counted func() *tally) []File {
	files := accountFiles(c, n, 0)
	files = append(files, accountFiles(c, n, 1)...)
	add := func(name string, write func(io.Writer) error) {
		files = append(files, File{name, write, weightSmall})
	}
	for _, k := range linkings {
		add("common_"+k.prefix+"roles.csv", func(w io.Writer) error { return writePairs(w, c, k.keep) })
	}
	add("attribute_differences.csv", func(w io.Writer) error { return writeAttributes(w, c) })
	files = append(files, File{"masked_items.csv", func(w io.Writer) error { return writeMasked(w, c) }, weightItems})
	add(waivedName, func(w io.Writer) error { return writeWaived(w, c, marks) })
	add("gaps.csv", func(w io.Writer) error { return writeGaps(w, c) })
	add("summary.txt", func(w io.Writer) error {
		return writeText(w, viewOf(c, Meta{}, marks, counted()), TextOptions{Lines: summaryLines})
	})
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return files
}

// accountFiles gives the files that both accounts have.
func accountFiles(c *diff.Changes, n Names, side int) []File {
	var files []File
	add := func(name string, weight int, write func(io.Writer) error) {
		files = append(files, File{name, write, weight})
	}
	a, here, there := c.Account(side), n.tags[side], n.tags[1-side]
	add(HarvestName(n.Tags[side], n.Sources[side]), weightHarvest, func(w io.Writer) error { return Harvest(w, a.Flat) })
	for _, k := range linkings {
		add(rolesName(here, k.prefix), weightSmall, func(w io.Writer) error { return writeRoles(w, a, k.keep) })
		// Their fingerprints are made of all their items.
		add(uniqueName(k.prefix, here, there), weightItems, func(w io.Writer) error {
			return writeUnique(w, c, side, k.keep)
		})
	}
	add(here+"_to_"+there+"_common_role_difference_items.csv", weightItems, func(w io.Writer) error {
		return writeDifferences(w, c, side)
	})
	add(differingName(here), weightSmall, func(w io.Writer) error { return writeDiffering(w, c, side) })
	add("unique_role_items_in_"+here+".csv", weightItems, func(w io.Writer) error { return writeUniqueItems(w, c, side) })
	return files
}

// linkings are the three kinds of role files: all roles, those that AWS owns
// and the others.
var linkings = []struct {
	prefix string
	keep   func(linked bool) bool
}{
	{"", func(bool) bool { return true }},
	{"service_linked_", func(linked bool) bool { return linked }},
	{"non_service_linked_", func(linked bool) bool { return !linked }},
}

func rolesName(tag, prefix string) string { return tag + "_" + prefix + "roles.csv" }

func uniqueName(prefix, tag, other string) string {
	return fmt.Sprintf("%sroles_in_%s_but_not_in_%s.csv", prefix, tag, other)
}

func differingName(tag string) string { return "common_roles_in_" + tag + "_with_differences.csv" }
