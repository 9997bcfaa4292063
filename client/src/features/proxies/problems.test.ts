import { describe, expect, it } from 'vitest';
import { fieldOf, pathInJson, type Problem, sortProblems } from './problems';

const problem = (path: string, message = 'is wrong'): Problem => ({ path, message, severity: 'error' });

describe('the field of a problem', () => {
  it.each([
    ['name', 'name'],
    ['port', 'port'],
    ['inbound.port', 'port'],
    ['targetGroupIds.0', 'targets'],
    ['inbound.streamSettings.realitySettings.serverNames.0', 'serverName'],
    ['inbound.streamSettings.realitySettings.target', 'serverName'],
    ['inbound.streamSettings.tlsSettings.serverName', 'serverName'],
    ['inbound.streamSettings.realitySettings.privateKey', 'keys'],
    ['inbound.streamSettings.realitySettings.shortIds.3', 'shortIds'],
    ['inbound.streamSettings.tlsSettings.certificates.0.certificateFile', 'certificate'],
    ['inbound.streamSettings.wsSettings.path', 'path'],
    ['inbound.settings.password', 'password'],
  ])('[R7.7] shows %s at %s', (path, field) => {
    expect(fieldOf(path)).toBe(field);
  });

  it('leaves to the list below the form what no shown field is about', () => {
    const elsewhere = problem('inbound.streamSettings.sockopt.mark');
    const hidden = problem('inbound.streamSettings.wsSettings.path');
    const { byField, others } = sortProblems([problem('port'), elsewhere, hidden], ['name', 'port']);
    expect([...byField.keys()]).toEqual(['port']);
    expect(others).toEqual([elsewhere, hidden]);
  });

  it('knows the same place in the JSON text', () => {
    expect(pathInJson('inbound.settings.flow')).toBe('settings.flow');
    expect(pathInJson('inbound')).toBe('');
    expect(pathInJson('port')).toBe('port');
  });
});
