package report

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Placeholders in the names of files, which no real tag or source is.
const (
	anyTag    = "IAMCTLTAG"
	anySource = "IAMCTLSOURCE"
)

// IsFileName reports whether name is one that a file of the output folder may have,
// whatever the accounts are called; diff.json and the other formats' files apart.
func IsFileName(name string) bool {
	return slices.ContainsFunc(fileNames(), func(r *regexp.Regexp) bool { return r.MatchString(name) })
}

// fileNames returns the names of all files as patterns.
var fileNames = sync.OnceValue(func() []*regexp.Regexp {
	var list []*regexp.Regexp
	for _, name := range filesOf(anyTag, anyTag) {
		p := strings.NewReplacer(anyTag, `[^/\\]+`, anySource, `[^/\\]+`).Replace(regexp.QuoteMeta(name))
		list = append(list, regexp.MustCompile(`^`+p+`$`))
	}
	return list
})

// filesOf returns the names of a run's files; their sources are not known.
func filesOf(a, b string) []string {
	n := Names{Tags: [2]string{a, b}, Sources: [2]string{anySource, anySource}, tags: [2]string{a, b}}
	var names []string
	for _, f := range Files(nil, n) {
		names = append(names, f.Name)
	}
	return names
}

// differenceItems ends the names of the files that have both tags.
const differenceItems = "_common_role_difference_items.csv"

// FilesOfRuns returns those of the names that are files of runs, sorted. A run is
// known by its two files of difference items, which have the tags: a copy of one
// of them makes no run.
func FilesOfRuns(names []string) []string {
	there := map[string]bool{}
	for _, name := range names {
		there[name] = true
	}
	found := map[string]bool{}
	for _, name := range names {
		tags, ok := strings.CutSuffix(name, differenceItems)
		for i := range tags {
			b, split := strings.CutPrefix(tags[i:], "_to_")
			if a := tags[:i]; ok && split && a != "" && b != "" && there[b+"_to_"+a+differenceItems] {
				addFiles(found, a, b, names)
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// addFiles adds those of the names that are files of a run with the tags.
func addFiles(found map[string]bool, a, b string, names []string) {
	for _, own := range filesOf(a, b) {
		before, after, _ := strings.Cut(own, anySource)
		for _, name := range names {
			if name == own || before != own && len(name) > len(before)+len(after) &&
				strings.HasPrefix(name, before) && strings.HasSuffix(name, after) {
				found[name] = true
			}
		}
	}
}

var headerLine = regexp.MustCompile(`^[a-z_]+(,[a-z_0-9]+)+\r?\n`)

// IsFile reports whether name may be that of a CSV file of the output folder, and
// head, its first bytes, begins with a line as such files have.
func IsFile(name string, head []byte) bool { return IsFileName(name) && headerLine.Match(head) }
