import tseslint from 'typescript-eslint';

const NOTIFICATION = 'CallExpression[callee.property.name=/^show(Error|Warning|Information)Message$/]';

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
  // What of the program's text may go where is said in one place, and notifications, whose links run commands, go by it.
  {
    files: ['src/**', 'media/**'],
    ignores: ['src/common/untrusted.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: String.raw`Literal[regex.pattern=/\\(p\{(C|Z|DI|Bidi|Default)|x[01]|x7f|x9|u00|u20|u\{e)|\\\$\\\(/i]`,
          message: 'Text of the program is made safe in common/untrusted.',
        },
        {
          selector: `${NOTIFICATION}:not([arguments.0.callee.name=/^(t|forNotification)$/])`,
          message: 'What a notification says passes forNotification.',
        },
        {
          selector: `${NOTIFICATION}[arguments.0.callee.name='t'][arguments.0.arguments.length>1]`,
          message: 'A sentence with parts passes forNotification.',
        },
      ],
    },
  },
  // What mocha's callbacks return is awaited by mocha.
  { files: ['test/**'], rules: { '@typescript-eslint/no-unused-expressions': 'off', 'no-console': 'off' } },
);
