import { isObject, type JsonObject } from '../../template/json.ts';
import { fields } from '../../template/fields.ts';
import type { XmlElements } from '../xml.ts';
import type { ChangeSet, Stack, StackEvent, StackResource } from './stack.ts';

// The shapes of CloudFormation's answers: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Types.html

export function stackView(stack: Stack): XmlElements {
  return {
    StackId: stack.id,
    StackName: stack.name,
    CreationTime: stack.createdAt,
    LastUpdatedTime: stack.updatedAt,
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DisableRollback: false,
    EnableTerminationProtection: stack.terminationProtection,
    Parameters: parametersOf(stack.template),
    Outputs: Object.entries(stack.outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
    Tags: Object.entries(stack.tags).map(([Key, Value]) => ({ Key, Value })),
    NotificationARNs: [],
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
  };
}

/** The defaults: nothing else is taken. */
function parametersOf({ Parameters }: JsonObject): XmlElements[] {
  const all = fields(isObject(Parameters) ? Parameters : {}, 'Parameters');
  return Object.keys(all.values).map((ParameterKey) => {
    const ParameterValue = all.group(ParameterKey).text('Default');
    return { ParameterKey, ParameterValue };
  });
}

export function eventView(stack: Stack, event: StackEvent): XmlElements {
  return {
    StackId: stack.id,
    StackName: stack.name,
    EventId: event.id,
    Timestamp: event.at,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    ResourceStatus: event.status,
    ResourceStatusReason: event.reason,
  };
}

export function resourceView({ logicalId, physicalId, type, status, at }: StackResource): XmlElements {
  return {
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    ResourceStatus: status,
    LastUpdatedTimestamp: at,
  };
}

const noChanges =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

export function changeSetView(stack: Stack, changeSet: ChangeSet): XmlElements {
  return {
    StackId: stack.id,
    StackName: stack.name,
    ChangeSetId: changeSet.id,
    ChangeSetName: changeSet.name,
    CreationTime: changeSet.createdAt,
    Status: changeSet.isEmpty ? 'FAILED' : 'CREATE_COMPLETE',
    StatusReason: changeSet.isEmpty ? noChanges : undefined,
    ExecutionStatus: changeSet.isEmpty ? 'UNAVAILABLE' : 'AVAILABLE',
    Changes: changeSet.changes.map(({ action, logicalId, type }) => ({
      Type: 'Resource',
      ResourceChange: {
        Action: action,
        LogicalResourceId: logicalId,
        PhysicalResourceId: stack.resources.get(logicalId)?.physicalId,
        ResourceType: type,
        Replacement: action === 'Modify' ? 'False' : undefined,
      },
    })),
  };
}
