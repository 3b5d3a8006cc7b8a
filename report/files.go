package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"iamctl/result"
)

// File is one file of the output folder.
type File struct {
	Name  string
	Write func(w io.Writer) error
	// weight is how long the file takes to write, compared with the others.
	weight int
}

const (
	weightSmall = iota
	weightItems
	weightHarvest
)

// SummaryName is the name of the file of the text.
const SummaryName = "summary.txt"

// Files returns the files of the output folder but diff.json, sorted by name.
// They can be written side by side; diff.json (result.FileName) comes last, as
// the mark of a complete run. r is one that result.New made. It may be nil if
// only the names are used.
func Files(r *result.Result, n Names) []File {
	files := accountFiles(r, n, 0)
	files = append(files, accountFiles(r, n, 1)...)
	add := func(name string, write func(io.Writer) error) {
		files = append(files, File{name, write, weightSmall})
	}
	for _, k := range roleKinds {
		add("common_"+k.prefix+"roles.csv", func(w io.Writer) error { return writePairs(w, r, k.keep) })
	}
	add("attribute_differences.csv", func(w io.Writer) error { return writeAttributes(w, r) })
	files = append(files, File{impossibleName, func(w io.Writer) error { return writeImpossible(w, r) }, weightItems})
	add(awsChangesName, func(w io.Writer) error { return writeAWSChanges(w, r) })
	files = append(files, File{"masked_items.csv", func(w io.Writer) error { return writeMasked(w, r) }, weightItems})
	add(waivedName, func(w io.Writer) error { return writeWaived(w, r) })
	add(findingsName, func(w io.Writer) error { return writeFindings(w, r) })
	add(verdictsName, func(w io.Writer) error { return writeVerdicts(w, r) })
	add("gaps.csv", func(w io.Writer) error { return writeGaps(w, r) })
	add(SummaryName, func(w io.Writer) error {
		return Text(w, r, TextOptions{})
	})
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return files
}

// accountFiles returns the files that either account has of its own.
func accountFiles(r *result.Result, n Names, side int) []File {
	var files []File
	add := func(name string, weight int, write func(io.Writer) error) {
		files = append(files, File{name, write, weight})
	}
	here, there := n.tags[side], n.tags[1-side]
	if !n.WithoutItems {
		add(HarvestName(n.Tags[side], n.Sources[side]), weightHarvest, func(w io.Writer) error { return Harvest(w, r.Normalized(side).Flat) })
	}
	for _, k := range roleKinds {
		add(rolesName(here, k.prefix), weightSmall, func(w io.Writer) error { return writeRoles(w, r.Normalized(side), k.keep) })
		add(uniqueName(k.prefix, here, there), weightSmall, func(w io.Writer) error {
			return writeUnique(w, r, side, k.keep)
		})
	}
	add(here+"_to_"+there+differenceItems, weightItems, func(w io.Writer) error {
		return writeDifferences(w, r, side)
	})
	add(differingName(here), weightSmall, func(w io.Writer) error { return writeDiffering(w, r, side) })
	add("unique_role_items_in_"+here+".csv", weightItems, func(w io.Writer) error { return writeUniqueItems(w, r, side) })
	return files
}

// roleKinds are the roles that files of roles have: all, those that are
// service-linked and the others.
var roleKinds = []struct {
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
