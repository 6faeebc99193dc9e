// What a pool is called where no other words say how many threads it has. Pure.
import { t } from '../../../common/l10n';
import type { PoolPicture } from '../../../protocol/picture';

export const poolTitle = ({ package: isPackage, name }: Pick<PoolPicture, 'package' | 'name'>, size: number): string =>
  isPackage === undefined ? `${size} × ${name}` : t('{0} ({1} threads)', name, size);
