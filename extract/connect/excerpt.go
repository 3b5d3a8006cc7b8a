package connect

import (
	"slices"
	"strings"
)

// excerpt is what the shared files say about a profile and about all that it refers to. The SDK
// reads the files anew for each profile, so that the time for all profiles grew with their square.
type excerpt struct{ config, credentials string }

// sections are the sections of a shared file as the SDK tells them apart.
type sections struct {
	// all are headings with all up to the next one.
	all []string
	// named are the places in all, by the name without "profile ".
	named map[string][]int
}

// scanSections takes a shared file apart. The SDK passes over what is before the first heading.
func scanSections(file string) *sections {
	s := &sections{named: map[string][]int{}}
	begin, name, inside := 0, "", false
	end := func(at int) {
		if inside {
			s.named[name] = append(s.named[name], len(s.all))
			s.all = append(s.all, file[begin:at])
		}
	}
	at := 0
	for line := range strings.SplitAfterSeq(file, "\n") {
		if next, ok := sectionName(line); ok {
			end(at)
			begin, name, inside = at, next, true
		}
		at += len(line)
	}
	end(at)
	return s
}

// sectionName returns the name of the section that begins with a line, without "profile ".
func sectionName(line string) (string, bool) {
	text, _, _ := strings.Cut(line, "#")
	text, _, _ = strings.Cut(text, ";")
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, "[") || !strings.HasSuffix(text, "]") {
		return "", false
	}
	name := strings.TrimSpace(text[1 : len(text)-1])
	if i := strings.IndexAny(name, " \t"); i > 0 {
		name = name[:i] + " " + strings.TrimLeft(name[i:], " \t")
	}
	return bareName(name), true
}

// bareName takes "profile " off a name as often as it is there, as a profile may be called so.
func bareName(name string) string {
	for {
		rest, ok := strings.CutPrefix(name, "profile ")
		if !ok {
			return name
		}
		name = rest
	}
}

// excerptOf returns what two shared files say about a profile; false if neither knows it. More
// than is needed does no harm: the SDK goes by the same references.
func excerptOf(profile string, config, credentials *sections) (excerpt, bool) {
	wanted := []string{bareName(profile)}
	taken := map[string]bool{wanted[0]: true}
	var parts [2][]int
	for len(wanted) > 0 {
		name := wanted[0]
		wanted = wanted[1:]
		for f, file := range []*sections{config, credentials} {
			for _, i := range file.named[name] {
				parts[f] = append(parts[f], i)
				for _, other := range references(file.all[i]) {
					if !taken[other] {
						taken[other], wanted = true, append(wanted, other)
					}
				}
			}
		}
	}
	return excerpt{config.join(parts[0]), credentials.join(parts[1])}, len(parts[0])+len(parts[1]) > 0
}

// join returns the sections at places, in the order of the file: what comes later overrides.
func (s *sections) join(places []int) string {
	slices.Sort(places)
	var b strings.Builder
	for _, i := range places {
		b.WriteString(strings.TrimSuffix(s.all[i], "\n"))
		b.WriteByte('\n')
	}
	return b.String()
}

// references returns the names of the sections that a section may refer to, in each way that
// the SDK may read them: with quotes and comments, or without.
func references(section string) []string {
	var names []string
	for line := range strings.SplitSeq(section, "\n") {
		i := strings.IndexAny(line, "=:")
		if i < 0 {
			continue
		}
		prefix := ""
		switch strings.ToLower(strings.TrimSpace(line[:i])) {
		case "source_profile":
		case "sso_session":
			prefix = "sso-session "
		case "services":
			prefix = "services "
		default:
			continue
		}
		for _, v := range spellings(line[i+1:]) {
			names = append(names, bareName(prefix+v))
		}
	}
	return names
}

// spellings returns what the value of a setting may be.
func spellings(value string) []string {
	plain := strings.TrimSpace(value)
	for _, mark := range []string{" #", " ;", "\t#", "\t;"} {
		value, _, _ = strings.Cut(value, mark)
	}
	bare := strings.TrimSpace(value)
	all := []string{plain, bare}
	for _, v := range []string{plain, bare} {
		if n := len(v); n > 1 && v[0] == v[n-1] && (v[0] == '"' || v[0] == '\'') {
			all = append(all, v[1:n-1], strings.TrimSpace(v[1:n-1]))
		}
	}
	return all
}
