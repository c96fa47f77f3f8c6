import {
  type App,
  CloudFormationValidatePlugin,
  type IPolicyValidationPlugin,
  type PolicyValidationPluginReport,
  Validations,
} from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';

/**
 * Synthesis fails on any finding of AWS's validator or of cdk-nag, a warning too: the validator calls an enum value
 * that CloudFormation would refuse a warning (W3030). A finding that is fine gets an acknowledgement with its reason
 * where the resource is made. The app has to be made with `builtinCloudFormationValidation: false`, else the CDK runs
 * its lenient validator as well.
 */
export const failOnFindings = (app: App): void =>
  Validations.of(app).addPlugins(strict(new CloudFormationValidatePlugin()), strict(new AwsSolutionsChecks(app)));

/** Keeps the plugin's name, because acknowledgements are addressed by it. */
const strict = (plugin: Pick<IPolicyValidationPlugin, 'name' | 'validate'>): IPolicyValidationPlugin => ({
  name: plugin.name,
  validate: (context) => withWarningsAsErrors(plugin.validate(context)),
});

const withWarningsAsErrors = (report: PolicyValidationPluginReport): PolicyValidationPluginReport => {
  const violations = report.violations.map((violation) =>
    violation.severity === 'warning' ? { ...violation, severity: 'error' } : violation,
  );
  return { ...report, violations, success: violations.every((violation) => violation.severity !== 'error') };
};
