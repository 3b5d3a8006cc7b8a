package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"
)

// shells are those that there is a completion for.
var shells = []string{"bash", "zsh", "fish"}

func completionCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:      "completion",
		Usage:     "print a shell's completion script",
		ArgsUsage: strings.Join(shells, " | "),
		Description: examples(`
Prints a script that completes commands, flags and their values, profiles and
paths.`, `
  source <(iamctl completion bash)
  iamctl completion zsh > "${fpath[1]}/_iamctl"
  iamctl completion fish > ~/.config/fish/completions/iamctl.fish`),
		Action: func(c *cli.Context) error {
			if c.NArg() != 1 {
				return usage("completion", "completion takes one shell: bash, zsh or fish")
			}
			script, err := completionScript(c.Args().First())
			if err != nil {
				return err
			}
			fmt.Fprintln(e.stdout, strings.TrimSpace(script))
			return nil
		},
	}
}

func completionScript(shell string) (string, error) {
	switch shell {
	case "bash":
		return bashCompletion, nil
	case "zsh":
		return zshCompletion, nil
	case "fish":
		return fishCompletion, nil
	}
	return "", misspelt("completion", shell, shells, "no completion for %q: bash, zsh or fish", shell)
}

// The program prints what may follow when its last argument is completionAsked; see
// printCompletions.

const bashCompletion = `
_iamctl() {
  local current=${COMP_WORDS[COMP_CWORD]}
  local before=("${COMP_WORDS[@]:0:COMP_CWORD}")
  [[ $current == -* ]] && before+=("$current")
  [[ $current == = ]] && current=
  local words
  words=$("${before[@]}" ` + completionAsked + ` 2>/dev/null)
  local IFS=$'\n'
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [[ ${#COMPREPLY[@]} -eq 0 ]] && COMPREPLY=($(compgen -f -- "$current"))
}
complete -o default -F _iamctl iamctl
`

const zshCompletion = `
#compdef iamctl
_iamctl() {
  local -a before options
  before=("${(@)words[1,CURRENT-1]}")
  [[ ${words[CURRENT]} == -* ]] && before+=("${words[CURRENT]%%=*}")
  [[ ${words[CURRENT]} == -*=* ]] && compset -P 1 '*='
  options=("${(@f)$("${before[@]}" ` + completionAsked + ` 2>/dev/null)}")
  if [[ -n ${options[1]} ]]; then
    compadd -- "${options[@]}"
  else
    _files
  fi
}
if [[ ${funcstack[1]} == _iamctl ]]; then _iamctl "$@"; else compdef _iamctl iamctl; fi
`

const fishCompletion = `
function __iamctl_complete
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  string match -q -- '-*' $current; and set -a words $current
  $words ` + completionAsked + ` 2>/dev/null
end
complete -c iamctl -a '(__iamctl_complete)'
`
