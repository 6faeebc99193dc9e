// Where this process writes, and how much.
import { SPOOL_SUFFIX, activityLimits } from '../../../protocol/spool';
import type { Begun, Place } from '../given';

export const placeOf = ({ p, path, activity }: Begun): Place => ({
  ...{ p, file: path + SPOOL_SUFFIX, activity: path },
  ...activityLimits(activity),
});
