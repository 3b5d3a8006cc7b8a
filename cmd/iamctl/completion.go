package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"
)

func completionCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:      "completion",
		Usage:     "print a shell's completion script",
		ArgsUsage: "bash | zsh | fish",
		Description: examples(`
Prints a script that completes commands and flags.`, `
  source <(iamctl completion bash)
  iamctl completion zsh > "${fpath[1]}/_iamctl"
  iamctl completion fish > ~/.config/fish/completions/iamctl.fish`),
		Action: func(c *cli.Context) error {
			if c.NArg() != 1 {
				return usage("completion", "completion takes one shell: bash, zsh or fish")
			}
			script, err := completionScript(c.App, c.Args().First())
			if err != nil {
				return err
			}
			fmt.Fprintln(e.stdout, strings.TrimSpace(script))
			return nil
		},
	}
}

func completionScript(app *cli.App, shell string) (string, error) {
	switch shell {
	case "bash":
		return bashCompletion, nil
	case "zsh":
		return zshCompletion, nil
	case "fish":
		return app.ToFishCompletion()
	}
	return "", usage("completion", "no completion for %q: bash, zsh or fish", shell)
}

// The program lists what may follow when its last argument is
// --generate-bash-completion.
const bashCompletion = `
_iamctl() {
  local current=${COMP_WORDS[COMP_CWORD]}
  local before=("${COMP_WORDS[@]:0:COMP_CWORD}")
  [[ $current == -* ]] && before+=("$current")
  local words
  words=$("${before[@]}" --generate-bash-completion 2>/dev/null)
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
  [[ ${words[CURRENT]} == -* ]] && before+=("${words[CURRENT]}")
  options=("${(@f)$("${before[@]}" --generate-bash-completion 2>/dev/null)}")
  if [[ -n ${options[1]} ]]; then
    _describe 'iamctl' options
  else
    _files
  fi
}
if [[ ${funcstack[1]} == _iamctl ]]; then _iamctl "$@"; else compdef _iamctl iamctl; fi
`
