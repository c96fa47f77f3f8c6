import { isObject, type Json } from '../template/json.ts';
import { BOOTSTRAP_VERSION } from './cloudformation/bootstrap.ts';
import { jsonService } from './json.ts';
import { AwsFault } from './request.ts';

/** SSM, with the one parameter that `cdk deploy` reads: which version of the CDK's bootstrap stack the account has. */
export const ssm = jsonService({
  GetParameter: (request) => {
    const name = isObject(request) ? (request['Name'] ?? '') : '';
    if (!isVersion(name))
      throw new AwsFault('ParameterNotFound', `There is no parameter ${JSON.stringify(name)} here.`);
    return { Parameter: { Name: name, Type: 'String', Value: BOOTSTRAP_VERSION, Version: 1 } };
  },
});

const isVersion = (name: Json): name is string =>
  typeof name === 'string' && /^\/cdk-bootstrap\/[\w-]+\/version$/.test(name);
