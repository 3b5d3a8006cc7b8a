package severity

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/verdict"
)

// amount says how much was gained, and lost.
func (j *judge) amount() string {
	if j.Lost.Actions > 0 && slices.Equal(j.Gained.Names(), j.Lost.Names()) {
		return words(j.access) + ", " + actions(j.Gained.Actions) + " on other resources or under other conditions"
	}
	text := words(j.access) + ", " + actions(j.Gained.Actions) + " more"
	if j.Lost.Actions > 0 {
		text += fmt.Sprintf(", %d less", j.Lost.Actions)
	}
	return text
}

// broadened says in which direction permissions changed.
func (j *judge) broadened() string {
	text := "broadened: "
	if j.Lost.Actions > 0 {
		text = "broadened and narrowed: "
	}
	if but := j.everythingBut(); but != "" {
		text += but + ": "
	}
	return text
}

func actions(n int) string {
	if n == 1 {
		return "1 action"
	}
	return fmt.Sprintf("%d actions", n)
}

func more(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" and %d more", n)
}

// The access levels of the reference.
const (
	manages = "Permissions management"
	writes  = "Write"
	tags    = "Tagging"
)

// possible returns the actions of an amount without those that are on resources alone
// that they do not take.
func possible(a *verdict.Amount) []verdict.Action {
	return slices.DeleteFunc(a.List(), func(a verdict.Action) bool { return a.Impossible })
}

// worst returns the access level of actions that matters most. Those that the reference
// does not know come behind those that write.
func worst(list []verdict.Action) string {
	for _, level := range []string{manages, writes, tags, "", "Read"} {
		if slices.ContainsFunc(list, func(a verdict.Action) bool { return a.Access == level }) {
			return level
		}
	}
	return "List"
}

func words(access string) string {
	switch access {
	case manages:
		return "permissions management"
	case writes, tags:
		return "writes"
	case "":
		return "actions that the reference does not know"
	}
	return "reads"
}

// join joins names as in a sentence.
func join(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
