package main

import (
	"github.com/spf13/cobra"

	"navicert/deal"
	"navicert/decide"
)

func newSchema() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of deal files, for editors that complete and check",
		Example: `  navicert schema > deal.schema.json
  # first line of a deal file, for editors with a YAML language server:
  # yaml-language-server: $schema=deal.schema.json`,
		Args: nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			l, err := loadLaw(cmd)
			if err != nil {
				return err
			}
			_, err = cmd.OutOrStdout().Write(deal.Schema(decide.Vocabulary(l)))
			return err
		},
	}
}
