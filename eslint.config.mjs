import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist', 'out', '.tsbuild', '.vscode-test', 'test/programs', '**/*.cjs', '**/*.mjs', '**/*.js'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  // The probe takes methods off their objects before the program can replace them; that is its business.
  { files: ['src/probe/**'], rules: { '@typescript-eslint/unbound-method': 'off' } },
  // What mocha's callbacks return is awaited by mocha.
  { files: ['test/**'], rules: { '@typescript-eslint/no-unused-expressions': 'off', 'no-console': 'off' } },
);
