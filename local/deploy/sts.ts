import { queryService, required } from './query.ts';

/** STS, for whoever is the operator here: any role that is asked for is given, and may do what the operator may. */
export function sts(account: string, accessKeyId: string) {
  return queryService({
    GetCallerIdentity: () => ({
      Arn: `arn:aws:iam::${account}:user/${accessKeyId}`,
      UserId: accessKeyId,
      Account: account,
    }),
    AssumeRole: (form) => {
      const role = required(form, 'RoleArn').replace(':iam:', ':sts:').replace(':role/', ':assumed-role/');
      const session = required(form, 'RoleSessionName');
      return {
        AssumedRoleUser: { Arn: `${role}/${session}`, AssumedRoleId: `${accessKeyId}:${session}` },
        Credentials: {
          AccessKeyId: accessKeyId,
          SecretAccessKey: 'local',
          SessionToken: 'local',
          Expiration: new Date(Date.now() + HOUR),
        },
      };
    },
  });
}

const HOUR = 3_600_000;
