package resource

import (
	"strings"

	"iamctl/verdict/internal/glob"
)

// Kind is how patterns tell the ARNs of a format apart.
type Kind struct {
	// Key is the same for formats whose ARNs they tell apart alike.
	Key string
	// told are the segments that some pattern looks at: every pattern that matches an
	// ARN of the format at all takes any of its others. whole says that nothing but
	// the format itself is of its kind.
	told  [segments]bool
	whole bool
}

// KindOf returns how the patterns tell the ARNs of a format apart. It takes no more
// than a step for each.
func KindOf(format *Pattern, patterns []*Pattern) Kind {
	var k Kind
	key := make([]byte, len(patterns), len(patterns)+32)
	for n, p := range patterns {
		if !p.Meets(format) {
			continue
		}
		if p.Variable {
			return Kind{Key: format.Text, whole: true}
		}
		key[n] = 1
		for i := 1; i < segments; i++ {
			if !covers(&p.parts[i], &format.parts[i]) {
				key[n] |= 1 << i
				k.told[i] = true
			}
		}
	}
	for i, told := range k.told {
		if told {
			key = append(append(key, format.texts[i]...), ':')
		}
	}
	k.Key = string(key)
	return k
}

func covers(p, q *glob.Pattern) bool { return p.Any() || p.Covers(q) }

// Place returns an ARN of a format of the kind that patterns match as they match one
// of another format of that kind. example is any ARN of the format.
func (k *Kind) Place(arn, example string) string {
	if k.whole || arn == "" {
		return arn
	}
	parts, out := strings.SplitN(arn, ":", segments), strings.SplitN(example, ":", segments)
	if len(parts) < segments || len(out) < segments {
		return arn
	}
	for i, told := range k.told {
		if told {
			out[i] = parts[i]
		}
	}
	return strings.Join(out, ":")
}
